import { join } from 'node:path';
import type { MeasuredStore, Peer } from '../store/peer.js';
import { type EmmettStore, emmettStore, type ReadMessages } from './emmett.js';
import { installed } from './installed.js';

type Connection = { command(sql: string): Promise<unknown>; close(): void };
type EmmettSqlite = {
  sqliteConnection(options: { fileName: string }): Connection;
  getSQLiteEventStore(options: object): EmmettStore & { schema: { migrate(): Promise<void> } };
  readMessagesBatch(
    connection: Connection,
    ...range: Parameters<ReadMessages>
  ): ReturnType<ReadMessages>;
};

/** Calls one after another, whoever asks. */
const oneAtATime = () => {
  let last: Promise<unknown> = Promise.resolve();
  return (work: () => Promise<void>): Promise<void> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
};

const openStore = async (folder: string): Promise<MeasuredStore> => {
  const emmett = await installed<EmmettSqlite>('@event-driven-io/emmett-sqlite');
  const fileName = join(folder, 'events.db');
  // It opens a connection per call unless it is given one, and puts that in WAL mode.
  const connection = emmett.sqliteConnection({ fileName });
  await connection.command('PRAGMA synchronous = FULL');
  const connectionOptions = { singleton: true, connection };
  const store = emmett.getSQLiteEventStore({ fileName, connectionOptions });
  await store.schema.migrate();
  const inTurn = oneAtATime();
  const measured = emmettStore(store, (range) => emmett.readMessagesBatch(connection, range));
  return {
    ...measured,
    append: (...append) => inTurn(() => measured.append(...append)),
    close: async () => connection.close(),
  };
};

// Writers that append at the same time fail on its locks, so they queue in front of it.
export const emmettSqlite: Peer = {
  name: 'emmett-sqlite',
  note: 'one append at a time, more fail',
  streams: 100,
  open: openStore,
};
