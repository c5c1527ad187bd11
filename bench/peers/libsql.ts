import { join } from 'node:path';
import { type MeasuredStore, type NewEvent, PAGE, type Peer, type Seen } from '../store/peer.js';
import { installed } from './installed.js';
import { oncePerTurn } from './turns.js';

type Statement = {
  run(...values: unknown[]): unknown;
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
};
type Database = { exec(sql: string): void; prepare(sql: string): Statement; close(): void };
type Libsql = { default: new (path: string) => Database };

type Append = { stream: string; events: readonly NewEvent[]; expected: number };
type Row = { position: number; data: string; metadata: string };

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  );
`;

const seen = ({ data, metadata }: Row): Seen => ({
  data: JSON.parse(data),
  metadata: JSON.parse(metadata),
});

const openStore = async (folder: string): Promise<MeasuredStore> => {
  const { default: Database } = await installed<Libsql>('libsql');
  const database = new Database(join(folder, 'events.db'));
  database.exec(SCHEMA);
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, version, data, metadata) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const last = database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?');
  const page = database.prepare(
    `SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ${PAGE}`,
  );
  const ofStream = database.prepare('SELECT * FROM events WHERE stream = ? ORDER BY revision');

  const write = ({ stream, events, expected }: Append) => {
    const found = last.get(stream) as { revision: number | null };
    let revision = found.revision ?? -1;
    if (revision !== expected) throw new Error(`${stream} is at ${revision}, not at ${expected}`);
    for (const { id, type, version, data, metadata } of events) {
      revision += 1;
      const payload = [JSON.stringify(data), JSON.stringify(metadata)];
      insert.run(stream, revision, id, type, version, ...payload);
    }
  };
  const commit = oncePerTurn((appends: Append[]) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const append of appends) write(append);
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
    database.exec('COMMIT');
  });

  return {
    append: (stream, events, expected) => commit({ stream, events, expected }),
    async *readAll() {
      for (let after = 0; ; ) {
        const rows = page.all(after) as Row[];
        const end = rows.at(-1);
        if (!end) return;
        yield rows.map(seen);
        after = end.position;
      }
    },
    readStream: async (stream) => (ofStream.all(stream) as Row[]).map(seen),
    close: async () => database.close(),
  };
};

export const libsql: Peer = { name: 'libsql', streams: 1_000, open: openStore };
