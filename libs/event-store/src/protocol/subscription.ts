import { uuidOf } from '#lumbung/kernel';
import { TOMBSTONE } from '../append.js';
import {
  type Batch,
  categoryOf,
  type EventStore,
  type Stored,
  StoreUnavailable,
  StreamDeleted,
} from '../port.js';
import type { Call } from './call.js';
import { type EventFilter, filterOf } from './filter.js';
import { given } from './wire/protobuf.js';
import { type ReadOptions, streamName } from './wire/requests.js';
import { answers } from './wire/responses.js';

type Send = (events: readonly Stored[]) => Promise<void>;

let confirmed = 0;

const confirm = (call: Call, store: EventStore) => {
  const id = uuidOf('subscription', store.id, confirmed++);
  return call.sendMessage((writer) => answers.confirmed(writer, id));
};

/** Tells whenever it has come to the end of the log, or has fallen behind it again. */
const standing = (call: Call) => {
  let isLive = false;
  return async ({ live }: Batch) => {
    if (live === isLive) return;
    isLive = live;
    await call.sendMessage(live ? answers.caughtUp : answers.fellBehind);
  };
};

// Whoever is still there must not take it for the end of the log.
const ended = () => new StoreUnavailable('the event store is closed, or the server');

/** Sends what passes, and at every so many events how far it has come. */
const filtering = (call: Call, { passes, checkpointInterval }: EventFilter, send: Send): Send => {
  let seen = 0;
  return async (events) => {
    let passed: Stored[] = [];
    for (const event of events) {
      if (passes(event)) passed.push(event);
      seen++;
      if (seen % checkpointInterval > 0) continue;
      await send(passed);
      passed = [];
      await call.sendMessage((writer) => answers.checkpoint(writer, event.position));
    }
    await send(passed);
  };
};

/** From the beginning, after a position, or from now on. */
export const subscribeToAll = async (
  call: Call,
  store: EventStore,
  options: ReadOptions,
  send: Send,
): Promise<void> => {
  const { position, end } = given(options.all, 'position');
  const after = end ? await store.head() : position?.commit;
  const filter = filterOf(options);
  const sendPassing = filter ? filtering(call, filter, send) : send;
  const tell = standing(call);
  const { signal } = call;
  await confirm(call, store);
  for await (const batch of store.subscribe({ after, system: true, signal })) {
    await sendPassing(batch.events);
    await tell(batch);
  }
  throw ended();
};

/**
 * What is in the stream, then what the log brings after the place where it stood before the
 * stream was read: nothing can be missed between, and what comes twice is known by its revision.
 */
export const subscribeToStream = async (
  call: Call,
  store: EventStore,
  options: ReadOptions,
  send: Send,
): Promise<void> => {
  const { stream: named, revision, end } = given(options.stream, 'stream');
  const stream = streamName(named);
  const after = await store.head();
  let last = revision ?? -1;
  const tell = standing(call);
  await confirm(call, store);
  if (!end) {
    for await (const events of store.readStream(stream, { from: last + 1 })) {
      await send(events);
      last = events.at(-1)?.revision ?? last;
    }
  }
  const filter = { categories: [categoryOf(stream)] };
  const { signal } = call;
  for await (const batch of store.subscribe({ after, filter, system: true, signal })) {
    const isNew = (event: Stored) => event.stream === stream && event.revision > last;
    const events = batch.events.filter(isNew);
    if (events.length > 0) await send(events);
    if (events.at(-1)?.type === TOMBSTONE) throw new StreamDeleted(stream);
    await tell(batch);
  }
  throw ended();
};
