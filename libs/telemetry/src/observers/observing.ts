import type { Span } from '@opentelemetry/api';
import type { Clock } from '#lumbung/kernel';
import type { Figures } from '../figures.js';
import { type Outcome, outcomeOf } from '../outcome.js';
import type { Task, Tracing } from '../tracing.js';

/** What a process tells of itself, and by what. */
export type Observing = {
  clock: Pick<Clock, 'elapsed_ms'>;
  tracing?: Tracing | undefined;
  figures?: Figures | undefined;
};

/** How a piece of work ended; `exemplarLabels` name its trace where that is kept. */
export type Told = { outcome: Outcome; value: number; exemplarLabels: { trace_id?: string } };

const exemplarOf = (span: Span | undefined): Told['exemplarLabels'] =>
  span?.isRecording() ? { trace_id: span.spanContext().traceId } : {};

/** Takes the time of what it began, and tells it once. */
export const timed = ({ clock }: Observing, span: Span | undefined) => {
  const started_ms = clock.elapsed_ms();
  return (error?: unknown): Told => ({
    outcome: outcomeOf(error),
    value: (clock.elapsed_ms() - started_ms) / 1_000,
    exemplarLabels: exemplarOf(span),
  });
};

/** Does work as a span of its own, and tells how it ended. */
export const observed = async <T>(
  observing: Observing,
  task: Task,
  work: (span: Span | undefined) => Promise<T>,
  tell?: (told: Told) => void,
): Promise<T> => {
  const { tracing } = observing;
  const span = tracing?.begin(task);
  if (!span && !tell) return work(undefined);
  const told = timed(observing, span);
  const end = (error?: unknown) => {
    tell?.(told(error));
    if (span) tracing?.end(span, error);
  };
  try {
    const made = await (span && tracing ? tracing.within(span, () => work(span)) : work(span));
    end();
    return made;
  } catch (error) {
    end(error);
    throw error;
  }
};
