import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Batch, Subscribe } from '../port.js';
import type { Connection } from './connection.js';
import { Gone, isPassing, portError } from './failure.js';
import { serverFilter } from './filter.js';
import { Gathering, type Item, type Told } from './gathering.js';
import { HELD_MAX } from './inbox.js';
import { headOf } from './reading.js';

const READABLE = { highWaterMark: HELD_MAX };

/** How far a subscription has come, over all its connections. */
type Place = {
  told: Told;
  /** True where the server is to tell of each event that its filter leaves out. */
  isLive: boolean;
};

const begin = (client: EventStoreDBClient, { told, isLive }: Place, options: Subscribe) => {
  const { position } = told;
  const fromPosition =
    position === undefined ? ('start' as const) : { commit: position, prepare: position };
  const filter = serverFilter(options, isLive);
  const checkpointReached = (_: unknown, { commit }: { commit: bigint }) =>
    put({ checkpoint: commit });
  const source = client.subscribeToAll(
    { fromPosition, ...(filter && { filter: { ...filter, checkpointReached } }) },
    READABLE,
  );
  // What is told beside the events takes its place among those that wait to be read.
  const put = (item: Item) => {
    source.push(item);
  };
  source.on('confirmation', () => put('confirmed'));
  source.on('caughtUp', () => put('caughtUp'));
  source.on('fellBehind', () => put('fellBehind'));
  return source;
};

/** What comes of it, or undefined once the signal aborts. */
const unlessOver = <T>(promise: Promise<T>, over: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    over.addEventListener('abort', stop);
    promise.finally(() => over.removeEventListener('abort', stop)).then(resolve, reject);
  });

/** What one connection brings, until it breaks or its filter is to be changed. */
async function* following(
  connection: Connection,
  place: Place,
  options: Subscribe,
  over: AbortSignal,
): AsyncGenerator<Batch> {
  const head = await unlessOver(headOf(connection), over);
  if (over.aborted) return;
  const inbox = connection.open<Item>((client) => begin(client, place, options));
  const stop = () => inbox.stop();
  over.addEventListener('abort', stop);
  const gathering = new Gathering(options, head, place.told);
  const patience = connection.patience();
  const isFiltered = serverFilter(options, place.isLive) !== undefined;
  try {
    for (let isHeard = false; !over.aborted; ) {
      const item = gathering.isFull() ? undefined : inbox.take();
      if (item !== undefined) {
        isHeard = true;
        gathering.add(item);
        continue;
      }
      const batch = gathering.batch(inbox.isEmpty());
      if (batch) {
        place.told = batch;
        yield batch;
        if (!batch.live || !isFiltered || place.isLive) continue;
        place.isLive = true;
        return;
      }
      if (isHeard) patience.end();
      const isThere = await (isHeard ? inbox.more() : patience.wait(inbox.more()));
      if (!isThere) throw new Gone('the server ended the subscription');
    }
  } finally {
    over.removeEventListener('abort', stop);
    patience.end();
    inbox.stop();
  }
}

/** Goes on after the last position whenever a connection broke, until it is ended here. */
export async function* subscribe(
  connection: Connection,
  options: Subscribe = {},
): AsyncGenerator<Batch> {
  connection.ensureOpen();
  const { after: position, signal } = options;
  const place: Place = { told: { position, live: false }, isLive: false };
  const over = signal ? AbortSignal.any([connection.closed, signal]) : connection.closed;
  for (let tries = 0; !over.aborted; ) {
    try {
      for await (const batch of following(connection, place, options, over)) {
        tries = 0;
        yield batch;
        if (over.aborted) return;
      }
    } catch (error) {
      if (over.aborted) return;
      if (!isPassing(error)) throw portError(error);
      // Whether it was at the end says nothing of where it will be when it is heard again.
      place.isLive = false;
      place.told = { ...place.told, live: false };
      await connection.pause(tries++, over);
    }
  }
}
