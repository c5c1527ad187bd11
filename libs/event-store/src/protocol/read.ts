import {
  type EventStore,
  type ReadAll,
  type ReadStream,
  type Stored,
  StreamNotFound,
} from '../port.js';
import type { Call } from './call.js';
import { filterOf } from './filter.js';
import { subscribeToAll, subscribeToStream } from './subscription.js';
import { given } from './wire/protobuf.js';
import { type ReadOptions, readRequest, streamName } from './wire/requests.js';
import { answers, type Ids, writeEvent } from './wire/responses.js';
import { Writer } from './wire/writer.js';

// Enough for few writes to the socket, little enough for many readers.
const CHUNK_BYTES = 64 * 1024;
const EVENT_BYTES = 512;

/** Sends events in few large pieces, each when the client has taken the one before. */
export const eventSender = (call: Call, ids: Ids) => async (events: readonly Stored[]) => {
  const writer = new Writer(Math.min(CHUNK_BYTES + EVENT_BYTES, events.length * EVENT_BYTES));
  for (const event of events) {
    writeEvent(writer, event, ids);
    if (writer.length >= CHUNK_BYTES) await call.send(writer.take());
  }
  if (writer.length > 0) await call.send(writer.take());
};

const directionOf = ({ backwards }: ReadOptions) => (backwards ? 'backwards' : 'forwards');

const revisionOf = (revision: number | undefined) =>
  revision === undefined ? undefined : Math.min(revision, Number.MAX_SAFE_INTEGER);

const streamRange = (options: ReadOptions): ReadStream | undefined => {
  const { revision, start, end } = given(options.stream, 'stream');
  const direction = directionOf(options);
  if (direction === 'forwards' && end) return;
  return { direction, from: start && direction === 'backwards' ? 0 : revisionOf(revision) };
};

// A position backwards is where an event ends, so that the event which begins there is not read.
const allRange = (options: ReadOptions): ReadAll | undefined => {
  const { position, start, end } = given(options.all, 'position');
  const direction = directionOf(options);
  if (direction === 'forwards' ? end : start) return;
  if (!position) return { direction };
  const { commit = 0n } = position;
  if (direction === 'forwards') return { direction, from: commit };
  return commit > 0n ? { direction, from: commit - 1n } : undefined;
};

async function* filtered(batches: AsyncIterable<Stored[]>, options: ReadOptions, limit: number) {
  const filter = filterOf(options);
  if (!filter) return yield* batches;
  let left = limit;
  for await (const batch of batches) {
    const events = batch.filter(filter.passes).slice(0, left);
    left -= events.length;
    if (events.length > 0) yield events;
    if (left === 0) return;
  }
}

const readAll = async (call: Call, store: EventStore, options: ReadOptions, ids: Ids) => {
  const range = allRange(options);
  const limit = given(options.count, 'count');
  if (!range || limit === 0) return;
  const batches = store.readAll({ ...range, system: true, ...(!options.filter && { limit }) });
  const send = eventSender(call, ids);
  for await (const events of filtered(batches, options, limit)) await send(events);
};

const readStream = async (call: Call, store: EventStore, options: ReadOptions, ids: Ids) => {
  const stream = streamName(options.stream?.stream);
  const range = streamRange(options) ?? { limit: 0 };
  const limit = given(options.count, 'count');
  const send = eventSender(call, ids);
  try {
    const batches = store.readStream(stream, { limit, ...range, mustExist: true });
    for await (const events of batches) await send(events);
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
    await call.sendMessage((writer) => answers.streamNotFound(writer, stream));
  }
};

/** Streams.Read: a stream or all, to its end or for ever. */
export const read = async (call: Call, store: EventStore): Promise<void> => {
  const options = given(readRequest(await call.request()).options, 'options');
  const ids = options.ids?.structured ? 'structured' : 'text';
  if (options.subscription) {
    const send = eventSender(call, ids);
    const subscribe = options.stream ? subscribeToStream : subscribeToAll;
    return subscribe(call, store, options, send);
  }
  const readOf = options.stream ? readStream : readAll;
  await readOf(call, store, options, ids);
};
