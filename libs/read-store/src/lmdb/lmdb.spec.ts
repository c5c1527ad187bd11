import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readStoreContract } from '../read-store.contract.js';
import { openLmdbReadStore } from './index.js';

// Puts documents until that fails; prints that it did, and that the store is closed.
const WRITER = `
  import { openLmdbReadStore } from '#lumbung/read-store/lmdb';
  const store = await openLmdbReadStore({ path: process.argv[1] });
  const collection = { name: 'members@1', indexes: { byName: ['name'] } };
  const documentOf = (n) => ({ name: String(n), padding: '.'.repeat(1000) });
  const putOf = (n) => ({ collection, key: String(n), document: documentOf(n), position: '1' });
  const fill = async (n) => {
    await store.put(Array.from({ length: 50 }, (_, index) => putOf(n + index)), {});
    await fill(n + 50);
  };
  await fill(0).catch(() => console.log('failed'));
  await store.close();
  console.log('closed');
`;
const RUN = ['--conditions', 'source', '--import', './test/typescript.js'];
const ARGUMENTS = [...RUN, '--input-type=module', '--eval', WRITER];

let folder: string;
let count = 0;
const newPath = () => join(folder, `${count++}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('read store: lmdb on disk', () => {
  it('keeps documents, entries, checkpoints and pointers when it is opened again', async () => {
    const path = newPath();
    const members = { name: 'members@1', indexes: { byName: ['name'] } };
    const checkpoint = { storeId: 'a', position: '120', eventId: 'b' };
    const before = await openLmdbReadStore({ path });
    const put = { collection: members, key: 'a', document: { name: 'Sri' }, position: '120' };
    await before.put([put], { 'members@1': checkpoint });
    await before.setPointer('members', 'members@1');
    await before.close();
    const after = await openLmdbReadStore({ path });
    const [entry] = await after.query(members, { index: 'byName', limit: 1 });
    expect(entry).toMatchObject({ key: 'a', document: { name: 'Sri' } });
    expect(await after.checkpoint('members@1')).toEqual(checkpoint);
    expect(await after.pointer('members')).toBe('members@1');
    await after.close();
  });

  it('closes also when the disk was full', async () => {
    const limited = ['-c', 'ulimit -f 2048; exec "$0" "$@"', process.execPath, ...ARGUMENTS];
    const { stdout } = await promisify(execFile)('bash', [...limited, newPath()]);
    expect(stdout).toBe('failed\nclosed\n');
  });
});

readStoreContract('lmdb', () => openLmdbReadStore({ path: newPath() }));
