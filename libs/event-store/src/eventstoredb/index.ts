import { checkAppend, checkForgettable, checkTarget, type MayForget } from '../append.js';
import type { EventStore, Expected } from '../port.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { portError } from './failure.js';
import { identityOf } from './identity.js';
import { headOf, readAll, readStream } from './reading.js';
import { subscribe } from './subscription.js';
import { appendTo, type Forgetting, forget } from './writing.js';

export type EventStoreDbOptions = ConnectionOptions & {
  /** Which categories may be emptied, limited or deleted; none when absent. */
  mayForget?: MayForget | undefined;
};

/** An EventStoreDB server, from 23.10 on, as an event store that others may write to as well. */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStore> => {
  const { mayForget = () => false, random } = options;
  const connection = new Connection(options);
  const accepted = new Set<Promise<unknown>>();

  const accept = async <T>(write: () => Promise<T>): Promise<T> => {
    connection.ensureOpen();
    const answer = write();
    accepted.add(answer);
    try {
      return await answer;
    } finally {
      accepted.delete(answer);
    }
  };

  const forgetting = async (how: Forgetting, stream: string, expected: Expected) => {
    checkTarget(stream, expected);
    checkForgettable(stream, mayForget);
    return accept(() => forget(connection, how, stream, expected));
  };

  const identity = async () => {
    try {
      return await identityOf(connection, random);
    } catch (error) {
      await connection.close();
      throw error;
    }
  };

  let closing: Promise<void> | undefined;
  const close = async () => {
    connection.refuse();
    await Promise.allSettled(accepted);
    await connection.close();
  };

  return {
    id: await identity(),
    exclusive: false,
    async append(stream, events, expected) {
      const write = { stream, events, expected };
      checkAppend(write, mayForget);
      return accept(() => appendTo(connection, write));
    },
    readStream: (stream, range) => readStream(connection, stream, range),
    readAll: (range) => readAll(connection, range),
    subscribe: (wanted) => subscribe(connection, wanted),
    async head() {
      connection.ensureOpen();
      try {
        return await headOf(connection);
      } catch (error) {
        throw portError(error);
      }
    },
    delete: (stream, expected) => forgetting('delete', stream, expected),
    tombstone: (stream, expected) => forgetting('tombstone', stream, expected),
    close: () => (closing ??= close()),
  };
};
