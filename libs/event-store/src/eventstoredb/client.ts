import { EventEmitter, setMaxListeners } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';

// In the client these are for its own use.
type Creator = (client: unknown) => unknown;
type Create = (service: unknown, name: string, creator: Creator, cache?: unknown) => () => unknown;
type Inner = { GRPCStreamCreator: Create; getChannel(): Promise<{ close(): void }> };

const noop = () => undefined;

/**
 * All clients of a process share one table of the appends that wait for an answer. A connection
 * that breaks clears it for all of them, and an answer that then still comes to another of them
 * is thrown as a TypeError where nobody can catch it: the process would end.
 */
const guarded = (stream: unknown): unknown => {
  if (!(stream instanceof EventEmitter)) return stream;
  for (const take of stream.listeners('data')) {
    stream.off('data', take as () => void);
    stream.on('data', (answer: unknown) => {
      try {
        take(answer);
      } catch {
        // Whoever waited was told that the connection broke.
      }
    });
  }
  return stream;
};

/** A client, and how to let it go without harm to those of others. */
export type Line = {
  client: EventStoreDBClient;
  /** Aborts when it is let go. */
  gone: AbortSignal;
  leave(): Promise<void>;
};

// A refused append must throw: what the client answers instead tells a wrong revision.
const FIXED = 'throwOnAppendFailure=true';

const connectionString = (url: string, deadline_ms: number) => {
  const trimmed = url.trim().replace(/\/+$/, '');
  const separator = trimmed.includes('?') ? '&' : '?';
  return `${trimmed}${separator}${FIXED}&defaultDeadline=${deadline_ms}`;
};

export const openLine = (url: string, deadline_ms: number): Line => {
  const client = EventStoreDBClient.connectionString(connectionString(url, deadline_ms));
  const inner = client as unknown as Inner;
  const leaving = new AbortController();
  // Every read and subscription listens.
  setMaxListeners(0, leaving.signal);
  const appends = new Set<EventEmitter>();
  const create = inner.GRPCStreamCreator;
  // Whoever opens the way for appends takes longer to get it than those who come right after,
  // and would be overtaken.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (make: () => unknown) => {
    const next = turn.then(make);
    turn = next.catch(noop);
    return next;
  };
  inner.GRPCStreamCreator = (service, name, creator, cache) => {
    if (name !== 'appendToStream') return create(service, name, creator, cache);
    const guardedCreator = (grpc: unknown) => {
      const stream = guarded(creator(grpc));
      if (stream instanceof EventEmitter) {
        appends.add(stream);
        stream.once('close', () => appends.delete(stream));
      }
      return stream;
    };
    const make = create(service, name, guardedCreator, cache);
    return () => inTurn(make);
  };

  const leave = async () => {
    leaving.abort();
    // What else they would do is to clear the table of all clients.
    for (const stream of appends) stream.removeAllListeners('error').on('error', noop);
    await client.dispose();
    inner.getChannel().then((channel) => channel.close(), noop);
  };
  return { client, gone: leaving.signal, leave };
};
