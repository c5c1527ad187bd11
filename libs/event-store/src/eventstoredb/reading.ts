import type { EventStoreDBClient, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { type ReadAll, type ReadStream, type Stored, StreamNotFound } from '../port.js';
import type { Connection } from './connection.js';
import { fromClient } from './event.js';
import { isPassing, portError } from './failure.js';
import { type Passes, passing } from './filter.js';
import { HELD_MAX, type Inbox } from './inbox.js';

const PAGE = 1000;
/** How many more events are asked for where some may not pass. */
const SPARE = 32;
const READABLE = { highWaterMark: HELD_MAX };

type Reading = {
  /** At most so many that pass. */
  limit: number;
  passes: Passes;
  spare: number;
  /** Begins with what follows `last`, or with `last` itself. */
  begin: (
    client: EventStoreDBClient,
    maxCount: { maxCount?: number },
    last: Stored | undefined,
  ) => StreamingRead<ResolvedEvent>;
};

/** So many events, or fewer at the end. */
const takePage = async (inbox: Inbox<ResolvedEvent>, size: number): Promise<Stored[]> => {
  const page: Stored[] = [];
  while (page.length < size) {
    const resolved = inbox.take();
    if (resolved?.event) page.push(fromClient(resolved.event));
    else if (!resolved && !(await inbox.more())) break;
  }
  return page;
};

const isSame = (a: Stored, b: Stored | undefined) =>
  a.revision === b?.revision && a.stream === b.stream;

/** Up to the end, however often the connection is lost on the way. */
async function* read(connection: Connection, { limit, passes, spare, begin }: Reading) {
  let last: Stored | undefined;
  let left = limit;
  let tries = 0;
  let patience = connection.patience();
  try {
    while (left > 0) {
      connection.ensureOpen();
      let asked = left + spare;
      const most = Number.isFinite(asked) ? { maxCount: asked } : {};
      const inbox = connection.open<ResolvedEvent>((client) => begin(client, most, last));
      try {
        while (left > 0 && asked > 0) {
          const size = Math.min(asked, PAGE);
          const page = await patience.wait(takePage(inbox, size));
          patience.end();
          const events = page.filter((e) => !isSame(e, last) && passes(e)).slice(0, left);
          last = page.at(-1) ?? last;
          asked -= page.length;
          left -= events.length;
          tries = 0;
          if (events.length > 0) yield events;
          if (page.length < size) return;
          connection.ensureOpen();
          patience = connection.patience();
        }
      } catch (error) {
        connection.ensureOpen();
        if (!isPassing(error) || patience.isOut) throw error;
        await connection.pause(tries++, patience.signal);
      } finally {
        inbox.stop();
      }
    }
  } finally {
    patience.end();
  }
}

const everything: Passes = () => true;

/** The first event from a position on. */
const eventFrom = async (connection: Connection, position: bigint): Promise<Stored | undefined> => {
  const reading = forwards(position, { limit: 1, passes: everything });
  for await (const [event] of read(connection, { ...reading, spare: 1 })) return event;
};

const at = (position: bigint) => ({ commit: position, prepare: position });

type Some = { limit: number; passes: Passes };

const forwards = (from: bigint | undefined, some: Some): Reading => ({
  ...some,
  spare: SPARE,
  begin: (client, maxCount, last) => {
    const start = last?.position ?? from;
    const fromPosition = start === undefined ? 'start' : at(start);
    return client.readAll({ ...maxCount, fromPosition }, READABLE);
  },
});

/** What lies before a position; `undefined` stands for the end. */
const backwards = (before: bigint | undefined, some: Some): Reading => ({
  ...some,
  spare: SPARE,
  begin: (client, maxCount, last) => {
    const start = last?.position ?? before;
    const fromPosition = start === undefined ? 'end' : at(start);
    return client.readAll({ ...maxCount, fromPosition, direction: 'backwards' }, READABLE);
  },
});

/**
 * A server reads backwards what lies before a position, and takes only positions that it gave:
 * so the place to begin is the first event from there on, which may be the one at it.
 */
async function* allBackwards(connection: Connection, from: bigint, some: Some) {
  const next = await eventFrom(connection, from);
  const isAt = next?.position === from && some.passes(next);
  if (isAt) yield [next];
  const limit = some.limit - (isAt ? 1 : 0);
  const passes: Passes = (event) => event.position <= from && some.passes(event);
  yield* read(connection, backwards(next?.position, { limit, passes }));
}

/** The last position of the log. */
export const headOf = async (connection: Connection): Promise<bigint | undefined> => {
  const last = backwards(undefined, { limit: 1, passes: everything });
  for await (const [event] of read(connection, { ...last, spare: 0 })) return event?.position;
};

const translated = async function* (
  batches: AsyncIterable<Stored[]>,
  stream?: string,
): AsyncGenerator<Stored[]> {
  try {
    yield* batches;
  } catch (error) {
    throw portError(error, stream === undefined ? {} : { stream });
  }
};

/** From the log as a whole; the client cannot ask for a filter here, so it is applied here. */
export async function* readAll(connection: Connection, options: ReadAll = {}) {
  const { direction = 'forwards', from, limit = Number.POSITIVE_INFINITY } = options;
  connection.ensureOpen();
  if (limit <= 0) return;
  const some = { limit, passes: passing(options) };
  if (direction === 'forwards') yield* translated(read(connection, forwards(from, some)));
  else if (from === undefined) yield* translated(read(connection, backwards(from, some)));
  else yield* translated(allBackwards(connection, from, some));
}

const streamReading = (stream: string, options: ReadStream): Reading => {
  const { direction = 'forwards', from, limit = Number.POSITIVE_INFINITY } = options;
  const [edge, step] = direction === 'forwards' ? (['start', 1] as const) : (['end', -1] as const);
  return {
    // Nothing is asked for in vain: it may be that the stream must exist.
    ...{ limit: Math.max(1, limit), passes: everything, spare: 0 },
    begin: (client, maxCount, last) => {
      const next = last ? last.revision + step : from;
      const fromRevision = next === undefined ? edge : BigInt(next);
      return client.readStream(stream, { ...maxCount, fromRevision, direction }, READABLE);
    },
  };
};

/** From one stream. */
export async function* readStream(
  connection: Connection,
  stream: string,
  options: ReadStream = {},
): AsyncGenerator<Stored[]> {
  connection.ensureOpen();
  try {
    for await (const events of translated(
      read(connection, streamReading(stream, options)),
      stream,
    )) {
      if (options.limit === 0) return;
      yield events;
      if (options.direction === 'backwards' && events.at(-1)?.revision === 0) return;
    }
  } catch (error) {
    if (!(error instanceof StreamNotFound) || options.mustExist) throw error;
  }
}
