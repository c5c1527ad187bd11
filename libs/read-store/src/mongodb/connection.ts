import { MongoClient } from 'mongodb';
import { openingError, portError } from './failure.js';

export type ConnectionOptions = {
  /** As MongoDB writes it: `mongodb://user:password@host:27017/?replicaSet=rs0&tls=true`. */
  url: string;
  /** Of this store alone: it holds a collection for each build. */
  database: string;
  /** How long the server may be silent, at each of a call's steps; 10 seconds when absent. */
  deadline_ms?: number | undefined;
};

const ADDRESS = 'mongodb://user:password@host:port/?options, with special signs as in %40';

/** Undefined where the address cannot be read: the driver's own words may hold the password. */
const clientOf = ({ url, deadline_ms = 10_000 }: ConnectionOptions) => {
  try {
    return new MongoClient(url, {
      appName: 'lumbung',
      readPreference: 'primary',
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', wtimeoutMS: deadline_ms },
      serverSelectionTimeoutMS: deadline_ms,
      connectTimeoutMS: deadline_ms,
      socketTimeoutMS: deadline_ms,
      waitQueueTimeoutMS: deadline_ms,
    });
  } catch {
    return;
  }
};

const connect = async (options: ConnectionOptions) => {
  const client = clientOf(options);
  if (!client) throw new TypeError(`not an address of MongoDB; write ${ADDRESS}`);
  const host = client.options.srvHost ?? client.options.hosts.join(',');
  const database = client.db(options.database);
  try {
    await database.command({ ping: 1 });
  } catch (error) {
    await client.close();
    throw openingError(host, error);
  }
  return { client, host, database };
};

/** A database that answers, and what was asked of it; throws as `openMongoReadStore` does. */
export const openConnection = async (options: ConnectionOptions) => {
  const { client, host, database } = await connect(options);
  const accepted = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const accept = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new Error('the read store is closed');
    const answer = work();
    accepted.add(answer);
    try {
      return await answer;
    } catch (error) {
      throw portError(host, error);
    } finally {
      accepted.delete(answer);
    }
  };

  const close = async () => {
    await Promise.allSettled(accepted);
    await client.close();
  };

  return {
    database,
    /** Does `work` unless it was closed; throws `ReadStoreUnavailable` where no server answers. */
    accept,
    /** Once all that was accepted has ended. */
    close: () => (closing ??= close()),
  };
};
