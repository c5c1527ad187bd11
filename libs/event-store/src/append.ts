import { type Metadata, uuidOf, whyNotJson } from '#lumbung/kernel';
import {
  type Appended,
  categoryOf,
  type Expected,
  type NewEvent,
  RawPayload,
  StreamDeleted,
  StreamKept,
  type Write,
  WrongExpectedRevision,
} from './port.js';
import { DELETED, METADATA, metadataStream, metadataTarget, whyNotMetadata } from './retention.js';

// Well-formed text without control characters: at most 800 bytes, so that it fits in any key.
const STREAM_NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The type of the event that ends a stream for good. */
export const TOMBSTONE = '$streamDeleted';

/** Which categories may be emptied, limited or deleted; all others are kept for ever. */
export type MayForget = (category: string) => boolean;

const isRevision = (value: number) => Number.isSafeInteger(value) && value >= 0;

const whyNotPayload = (payload: unknown): string | undefined =>
  payload instanceof RawPayload ? undefined : whyNotJson(payload);

const checkEvent = (event: NewEvent, isMetadata: boolean): void => {
  const { id, type, version, data, created } = event;
  if (!UUID.test(id)) throw new TypeError(`not a UUID in lower case: ${id}`);
  if (type.length === 0 || type.length > 200) throw new TypeError(`not an event type: ${type}`);
  if (type.startsWith('$') && !isMetadata) throw new TypeError(`${type} is the store’s own type`);
  if (!isRevision(version)) throw new TypeError(`not a version of ${type}: ${version}`);
  if (created !== undefined && !isRevision(Math.floor(created))) {
    throw new TypeError(`not a time of ${type}: ${created}`);
  }
  const reason = whyNotPayload(data) ?? whyNotPayload(event.metadata);
  if (reason) throw new TypeError(`${type} is not JSON: ${reason}`);
};

const checkMetadata = (stream: string, events: readonly NewEvent[], mayForget: MayForget) => {
  const target = metadataTarget(stream);
  if (!target || events.some(({ type }) => type !== METADATA)) {
    throw new TypeError(`${stream} is the store’s own stream`);
  }
  for (const { data } of events) {
    const metadata = data instanceof RawPayload ? data.value() : data;
    const reason = whyNotMetadata(metadata);
    if (reason) throw new TypeError(`the metadata of ${target} are wrong: ${reason}`);
  }
  checkForgettable(target, mayForget);
};

/** Throws `StreamKept` for a stream whose category is kept for ever. */
export const checkForgettable = (stream: string, mayForget: MayForget): void => {
  if (!mayForget(categoryOf(stream))) throw new StreamKept(stream);
};

/** Throws TypeError for a name or a revision that no store takes. */
export const checkTarget = (stream: string, expected: Expected): void => {
  if (!STREAM_NAME.test(stream)) throw new TypeError(`not a stream name: ${stream}`);
  if (typeof expected === 'number' && !isRevision(expected)) {
    throw new TypeError(`not a revision: ${expected}`);
  }
};

/** Throws for an append that no store takes, whatever is in the stream. */
export const checkAppend = ({ stream, events, expected }: Write, mayForget: MayForget): void => {
  checkTarget(stream, expected);
  if (events.length === 0) throw new TypeError(`nothing to append to ${stream}`);
  const isSystem = stream.startsWith('$');
  if (isSystem) checkMetadata(stream, events, mayForget);
  for (const event of events) checkEvent(event, isSystem);
};

/** Throws for what cannot be appended together. */
export const checkTogether = (writes: readonly Write[], mayForget: MayForget): void => {
  if (writes.length === 0) throw new TypeError('nothing to append');
  for (const write of writes) checkAppend(write, mayForget);
  const streams = new Set(writes.map(({ stream }) => stream));
  if (streams.size < writes.length) throw new TypeError('a stream is named twice in one append');
};

/** What an append is weighed against. */
export type StreamSoFar = {
  /** −1 for a stream that never had an event. */
  last: number;
  isTombstoned: boolean;
  /** The first revision that counts; `DELETED` where the stream was deleted. */
  first: number;
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

const weigh = ({ stream, events, expected }: Write, soFar: StreamSoFar) => {
  const { last, first, isTombstoned } = soFar;
  if (isTombstoned) return new StreamDeleted(stream);
  const isThere = last >= 0 && first !== DELETED;
  if (expected === 'any' || (expected === 'exists' && isThere)) return 'write';
  if (expected === 'none' ? !isThere : expected === last) return 'write';
  if (expected !== 'exists' && events.length > 0 && first !== DELETED) {
    const earlier = earlierAnswer(events, expected === 'none' ? first : expected + 1, soFar);
    if (earlier) return earlier;
  }
  return new WrongExpectedRevision(stream, expected, last < 0 ? 'none' : last);
};

const metadataEvent = (id: string, data: unknown): NewEvent => ({
  ...{ id, type: METADATA, version: 0, data },
  metadata: {} as Metadata,
});

/** The first event after a deletion says from which revision on the stream counts again. */
const revival = (stream: string, { last }: StreamSoFar): Write => ({
  stream: metadataStream(stream),
  events: [metadataEvent(uuidOf('revival', stream, last), { $tb: last + 1 })],
  expected: 'any',
});

/** All that is to be written so that the writes are done, or the first answers to a retry. */
export type Plan = { write: readonly Write[] } | { answers: Appended[] };

/** Weighs what stands or falls together against what is there, or says why it falls. */
export const plan = (
  writes: readonly Write[],
  soFarOf: (stream: string) => StreamSoFar,
): Plan | Error => {
  const revivals: Write[] = [];
  const answers: Appended[] = [];
  for (const write of writes) {
    const soFar = soFarOf(write.stream);
    const verdict = weigh(write, soFar);
    if (verdict instanceof Error) return verdict;
    if (verdict !== 'write') answers.push(verdict);
    else if (soFar.first === DELETED && write.events.length > 0) {
      revivals.push(revival(write.stream, soFar));
    }
  }
  if (answers.length === writes.length) return { answers };
  const [{ stream, expected }] = writes as readonly [Write];
  // Some of it was written and some was not, so this is no retry.
  if (answers.length > 0) return new WrongExpectedRevision(stream, expected, soFarOf(stream).last);
  return { write: revivals.length === 0 ? writes : [...writes, ...revivals] };
};

/** Empties a stream, when it is where it is expected. */
export const deletion = (stream: string, expected: Expected, id: string): Write[] => [
  { stream, events: [], expected },
  {
    stream: metadataStream(stream),
    events: [metadataEvent(id, { $tb: DELETED })],
    expected: 'any',
  },
];

/** Ends a stream for good. */
export const tombstoning = (stream: string, expected: Expected, id: string): Write[] => [
  { stream, events: [{ ...metadataEvent(id, {}), type: TOMBSTONE }], expected },
];

/** As if the log were bytes, so that nobody comes to rely on positions that count by one. */
export const positionAfter = (last: bigint, stream: string, event: NewEvent): bigint =>
  last + BigInt(32 + stream.length + event.type.length);
