import type { Recorded } from '#lumbung/kernel';

/** A place in a trace: below the span `spanId`, or at the root of it where there is none yet. */
export type Place = { traceId: string; spanId?: string };

const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const NOTHING = /^0+$/;

// Several times for each event, so without a pattern.
const firstHalf = (uuid: string): string =>
  uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18);

/** The trace that a correlation id names; none where it is no UUID. */
export const traceOf = (correlationId: unknown): Place | undefined =>
  typeof correlationId === 'string' && UUID.test(correlationId)
    ? { traceId: firstHalf(correlationId) + correlationId.slice(19, 23) + correlationId.slice(24) }
    : undefined;

/** The span of an event's append. Its id follows from the event's, so everybody may know it. */
export const spanIdOf = (eventId: string): string => firstHalf(eventId);

/** Below the append of an event, in whichever process and however long ago that was. */
export const placeAfter = ({ id, metadata }: Pick<Recorded, 'id' | 'metadata'>) => {
  const trace = traceOf(metadata.correlationId);
  return trace && { ...trace, spanId: spanIdOf(id) };
};

/** What came with a call or a request as its W3C `traceparent`. */
export const placeIn = (traceparent: unknown): Place | undefined => {
  const [, traceId, spanId] = TRACEPARENT.exec(String(traceparent ?? '')) ?? [];
  if (!traceId || !spanId || NOTHING.test(traceId) || NOTHING.test(spanId)) return;
  return { traceId, spanId };
};

/** The correlation id of a request that is part of somebody else's trace. */
export const correlationIn = (traceparent: unknown): string | undefined =>
  placeIn(traceparent)?.traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
