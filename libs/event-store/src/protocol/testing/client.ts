import { randomUUID } from 'node:crypto';
import type * as EventStoreDB from '@eventstore/db-client';

// What the two have in common is written for the one.
type Library = typeof EventStoreDB;

export const CLIENTS = {
  '@eventstore/db-client': async () => {
    const library = await import('@eventstore/db-client');
    return { library, open: library.EventStoreDBClient.connectionString.bind(undefined) };
  },
  '@kurrent/kurrentdb-client': async () => {
    const library = await import('@kurrent/kurrentdb-client');
    return { library, open: library.KurrentDBClient.connectionString.bind(undefined) };
  },
};
export type ClientName = keyof typeof CLIENTS;

export type Client = EventStoreDB.EventStoreDBClient;
export type Expected = EventStoreDB.AppendExpectedRevision;
export type Subscription = EventStoreDB.StreamSubscription | EventStoreDB.AllStreamSubscription;
export type Means = { library: Library; open: () => Client; client: Client };

/** One of the two clients; a process may load only one, or they break each other. */
export const meansOf = async (name: ClientName, url: string): Promise<Means> => {
  const { library, open } = await CLIENTS[name]();
  const opened = () => open(url) as unknown as Client;
  return { library: library as unknown as Library, open: opened, client: opened() };
};

/** What a stream must look like, in the words of both. */
export const at = (expected: Expected) => ({ expectedRevision: expected, streamState: expected });

const plain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  return value;
};

/** Prints a line for whoever started this process. */
export const say = (name: string, value: unknown): void => {
  process.stdout.write(`${JSON.stringify({ name, value }, plain)}\n`);
};

type Refused = { type?: string; streamName?: string; code?: number } & Record<string, unknown>;

const refusalOf = (error: Refused) => ({
  refused: error.type ?? String(error),
  ...(error.streamName !== undefined && { stream: error.streamName }),
  ...(error.type === 'wrong-expected-version' && {
    expected: error.expectedVersion ?? error.expectedState,
    actual: error.actualVersion ?? error.actualState,
  }),
  ...(error.type === 'unknown' && { code: error.code }),
});

/** What came of it, or why it was refused. */
export const outcome = <T>(promise: Promise<T>): Promise<T | ReturnType<typeof refusalOf>> =>
  promise.catch((error) => refusalOf(error));

export const anEvent = ({ library }: Means, name: string | number, type = 'test.Happened') =>
  library.jsonEvent({ id: randomUUID(), type, data: { name } });

export const someEvents = (means: Means, count: number, type?: string) =>
  Array.from({ length: count }, (_, n) => anEvent(means, n, type));

type Resolved = { event?: { data?: unknown } };

export const nameOf = ({ event }: Resolved) => (event?.data as { name?: unknown })?.name;

export const namesOf = async (events: AsyncIterable<Resolved>) => {
  const names: unknown[] = [];
  for await (const resolved of events) names.push(nameOf(resolved));
  return names;
};
