import { whyNotJson } from '#lumbung/kernel';
import { type Appended, type Expected, type NewEvent, WrongExpectedRevision } from './port.js';

// Well-formed text without control characters: at most 800 bytes, so that it fits in any key.
const STREAM_NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

const isRevision = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** Throws TypeError for an append that no store takes, whatever is in the stream. */
export const checkAppend = (stream: string, events: readonly NewEvent[], expected: Expected) => {
  if (!STREAM_NAME.test(stream)) throw new TypeError(`not a stream name: ${stream}`);
  if (typeof expected === 'number' && !isRevision(expected)) {
    throw new TypeError(`not a revision: ${expected}`);
  }
  if (events.length === 0) throw new TypeError(`nothing to append to ${stream}`);
  for (const event of events) {
    const reason = whyNotJson(event);
    if (reason) throw new TypeError(`${event.type} is not JSON: ${reason}`);
  }
};

/** What an append is weighed against. `last` is −1 for a stream that does not exist. */
export type StreamSoFar = {
  last: number;
  at(revision: number): { id: string; position: bigint } | undefined;
};

const earlierAnswer = (
  events: readonly NewEvent[],
  first: number,
  soFar: StreamSoFar,
): Appended | undefined => {
  const revision = first + events.length - 1;
  if (revision > soFar.last) return;
  if (!events.every((event, index) => soFar.at(first + index)?.id === event.id)) return;
  const last = soFar.at(revision);
  return last && { revision, position: last.position };
};

/** `write`, or what to answer without writing: the first answer to a retry, or the refusal. */
export const weigh = (
  stream: string,
  events: readonly NewEvent[],
  expected: Expected,
  soFar: StreamSoFar,
): 'write' | Appended | WrongExpectedRevision => {
  const { last } = soFar;
  if (expected === 'any' || (expected === 'exists' && last >= 0)) return 'write';
  const actual = last < 0 ? 'none' : last;
  if (expected === 'exists') return new WrongExpectedRevision(stream, expected, actual);
  const before = expected === 'none' ? -1 : expected;
  if (before === last) return 'write';
  return (
    earlierAnswer(events, before + 1, soFar) ?? new WrongExpectedRevision(stream, expected, actual)
  );
};

/** As if the log were bytes, so that nobody comes to rely on positions that count by one. */
export const positionAfter = (last: bigint, stream: string, event: NewEvent): bigint =>
  last + BigInt(32 + stream.length + event.type.length);
