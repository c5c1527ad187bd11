import type { Span, SpanContext } from '@opentelemetry/api';
import { categoryOf, type EventStore, type NewEvent } from '#lumbung/event-store';
import type { Recorded } from '#lumbung/kernel';
import type { Observer } from '#lumbung/runtime';
import { placeAfter, spanIdOf, traceOf } from '../trace.js';
import { type Observing, observed, type Told, timed } from './observing.js';

/** Which service owns a category of streams. */
export type Owners = Record<string, string>;

/** The runners and the store of a process, as they are told of. */
export class ObservedRunners implements Observer {
  /** The spans of commands that are not durable yet, by their stream and id. */
  private readonly executed = new Map<string, SpanContext>();

  constructor(
    private readonly observing: Observing,
    private readonly owners: Owners,
  ) {}

  executing: Observer['executing'] = (stream, { type, id, data }, { correlationId }, execute) => {
    const { tracing, figures } = this.observing;
    const service = this.serviceOf(stream);
    const key = keyOf(stream, id);
    const task = {
      name: `execute ${type}`,
      at: tracing?.here ?? traceOf(correlationId),
      attributes: cooperativeOf(data),
    };
    const remembering = async (span: Span | undefined) => {
      if (!span?.isRecording()) return execute();
      this.executed.set(key, span.spanContext());
      try {
        return await execute();
      } finally {
        this.executed.delete(key);
      }
    };
    return observed(this.observing, task, remembering, ({ outcome, ...seconds }: Told) => {
      figures?.commands.inc({ service, command: type, outcome });
      figures?.command_s.observe({ labels: { service }, ...seconds });
    });
  };

  following: Observer['following'] = (name, event, work) =>
    observed(this.observing, { name, at: placeAfter(event) }, work);

  began: Observer['began'] = (name, events) => {
    const { tracing } = this.observing;
    if (!tracing) return () => undefined;
    const spans = [...new Set(events)].flatMap((event) => {
      const kept = traceOf(event.metadata.correlationId);
      if (!kept || !tracing.keeps(kept)) return [];
      return tracing.begin({ name, at: placeAfter(event), attributes: kindOf(event) }) ?? [];
    });
    return () => {
      for (const span of spans) tracing.end(span);
    };
  };

  /** The store, as it is told of: a span for each event that a command appends. */
  store(store: EventStore): EventStore {
    return {
      ...store,
      append: async (stream, events, expected) => {
        const spans = this.beginAppends(stream, events);
        const told = timed(this.observing, spans[0]);
        // What is not appended has no span: the same event may be tried again.
        const appended = await store.append(stream, events, expected);
        this.appended(stream, events, spans, told());
        return appended;
      },
    };
  }

  private beginAppends(stream: string, events: readonly NewEvent[]): Span[] {
    if (this.executed.size === 0) return [];
    const name = `append ${categoryOf(stream)}`;
    return events.flatMap((event) => {
      const at = this.executed.get(keyOf(stream, event.metadata.commandId));
      if (!at) return [];
      const attributes = { ...kindOf(event), 'lumbung.batch': events.length };
      const task = { name, at, id: spanIdOf(event.id), attributes };
      return this.observing.tracing?.begin(task) ?? [];
    });
  }

  private appended(
    stream: string,
    events: readonly NewEvent[],
    spans: readonly Span[],
    { outcome: _, ...seconds }: Told,
  ): void {
    const { tracing, figures } = this.observing;
    figures?.append_s.observe({ labels: { service: this.serviceOf(stream) }, ...seconds });
    for (const span of spans) tracing?.end(span);
    if (this.executed.size === 0) return;
    // A checkpoint follows under the same id, and is nothing that the command did.
    for (const { metadata } of events) this.executed.delete(keyOf(stream, metadata.commandId));
  }

  private serviceOf(stream: string): string {
    const category = categoryOf(stream);
    return this.owners[category] ?? category;
  }
}

const keyOf = (stream: string, commandId: string): string => `${stream} ${commandId}`;

const kindOf = ({ type }: Pick<Recorded, 'type'>) => ({ 'lumbung.event': type });

const cooperativeOf = (data: unknown): { 'lumbung.cooperative'?: string } => {
  const { cooperative } = data as { cooperative?: unknown };
  return typeof cooperative === 'string' ? { 'lumbung.cooperative': cooperative } : {};
};
