import type { Span } from '@opentelemetry/api';
import type { CallObserver } from '#lumbung/transport';
import { placeIn, traceOf } from '../trace.js';
import { type Observing, observed, type Told } from './observing.js';

// As OpenTelemetry numbers the kinds of spans; its package is not loaded where it is not used.
const SERVER = 1;
const CLIENT = 2;

const OTHER = 'other';

const faceOf = (pattern: string): string => pattern.slice(0, pattern.lastIndexOf('.'));

const correlationOf = (payload: unknown): unknown =>
  (payload as { caller?: { correlationId?: unknown } } | undefined)?.caller?.correlationId;

/** Calls as spans on both sides, and as figures on the side of whoever waits. */
export const observedCalls = (observing: Observing, faces: ReadonlySet<string>): CallObserver => {
  const { tracing, figures } = observing;
  // A pattern may be anything that somebody sends; what figures are kept by must be bounded.
  const known = (pattern: string) => (faces.has(faceOf(pattern)) ? pattern : OTHER);
  const tell = (pattern: string) => {
    const face = faces.has(faceOf(pattern)) ? faceOf(pattern) : OTHER;
    return ({ outcome, ...seconds }: Told) => {
      figures?.calls.inc({ face, outcome });
      figures?.call_s.observe({ labels: { face }, ...seconds });
    };
  };
  return {
    calling: (pattern, payload, make) => {
      const at = tracing?.here ?? traceOf(correlationOf(payload));
      const task = { name: `send ${known(pattern)}`, at, kind: CLIENT };
      const named = (span: Span | undefined) => make(span && tracing?.traceparentOf(span));
      return observed(observing, task, named, tell(pattern));
    },
    answering: (pattern, traceparent, answer) => {
      const at = placeIn(traceparent) ?? tracing?.here;
      return observed(observing, { name: `serve ${known(pattern)}`, at, kind: SERVER }, answer);
    },
  };
};
