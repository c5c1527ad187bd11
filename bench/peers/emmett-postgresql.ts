import type { MeasuredStore, Peer } from '../store/peer.js';
import { startCluster } from './cluster.js';
import { type EmmettStore, emmettStore, type ReadMessages } from './emmett.js';
import { installed } from './installed.js';

type Pool = { on(event: 'error', heard: () => void): void; end(): Promise<void> };
type Pg = { default: { Pool: new (options: { connectionString: string; max: number }) => Pool } };
type Dumbo = { dumbo(options: { connectionString: string; pool: Pool }): { execute: unknown } };
type EmmettPostgresql = {
  getPostgreSQLEventStore(
    connectionString: string,
    options: { connectionOptions: { pool: Pool } },
  ): EmmettStore & { schema: { migrate(): Promise<unknown> } };
  readMessagesBatch(execute: unknown, ...range: Parameters<ReadMessages>): ReturnType<ReadMessages>;
};

// As its pool has when it makes one; more were slower on two cores.
const CONNECTIONS = 10;

const openStore = async (folder: string): Promise<MeasuredStore> => {
  const emmett = await installed<EmmettPostgresql>('@event-driven-io/emmett-postgresql');
  const { dumbo } = await installed<Dumbo>('@event-driven-io/dumbo');
  const { default: pg } = await installed<Pg>('pg');
  const { connectionString, cpu_us, stop } = await startCluster(folder);
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS });
  // A connection that is already ending may still hear of the server's end.
  pool.on('error', () => undefined);
  const store = emmett.getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  await store.schema.migrate();
  const { execute } = dumbo({ connectionString, pool });
  return {
    ...emmettStore(store, (range) => emmett.readMessagesBatch(execute, range)),
    cpu_us,
    async close() {
      await pool.end();
      await stop();
    },
  };
};

export const emmettPostgresql: Peer = {
  name: 'emmett-postgresql',
  streams: 100,
  open: openStore,
};
