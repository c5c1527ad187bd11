import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { argumentsOf, diskContract } from '../contract/disk.contract.js';
import { namesOf } from '../contract/samples.contract.js';
import { eventStoreContract } from '../event-store.contract.js';
import { openLmdbEventStore } from './index.js';

let folder: string;
let count = 0;
const random = { bytes: randomBytes };
const open = (path: string) => openLmdbEventStore({ path, random });

const LMDB = { entry: 'lmdb', opener: 'openLmdbEventStore', open };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-events-'));
});
afterAll(() => rm(folder, { recursive: true }));

eventStoreContract('lmdb', () => open(join(folder, `${count++}`)));
diskContract(LMDB);

describe('event store: lmdb on a full disk', () => {
  it('stops accepting when the disk is full, and loses no acknowledged event', async () => {
    const path = join(folder, `${count++}`);
    const limited = [
      '-c',
      'ulimit -f 2048; exec "$0" "$@"',
      process.execPath,
      ...argumentsOf(LMDB),
      path,
    ];
    const { stdout } = await promisify(execFile)('bash', limited);
    const lines = stdout.split('\n');
    const [first, later] = lines.splice(-2);
    expect(first).toMatch(/^StoreUnavailable the event log could not be written: /);
    expect(later).toBe('StoreUnavailable');
    const store = await open(path);
    const found = new Set(await namesOf(store.readAll()));
    await store.close();
    expect(lines.filter((name) => !found.has(name))).toEqual([]);
  });
});
