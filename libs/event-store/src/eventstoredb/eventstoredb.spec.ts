import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract, mayForget } from '../event-store.contract.js';
import { type Child, startServer } from './testing/child.js';
import { openAt } from './testing/opening.js';
import { viewOf } from './testing/view.js';

const open = async (url: string) => viewOf(await openAt(url, { mayForget }));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-served-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(['memory', 'log'])('the client of EventStoreDB', (kept) => {
  let server: Child;
  beforeAll(async () => {
    server = await startServer({ path: kept === 'log' ? folder : '' });
  });
  afterAll(() => server.stop());

  eventStoreContract(`served from ${kept}`, () => open(server.url), { atomic: false });
});

// EVENTSTORE_URL='esdb://localhost:2113?tls=false' runs the contract against a real server.
const { EVENTSTORE_URL: url = '' } = process.env;
const withServer = url ? describe : describe.skip;
withServer('the client of EventStoreDB, at EVENTSTORE_URL (skipped where it is not set)', () => {
  eventStoreContract('served by EventStoreDB', () => open(url), { atomic: false });
});
