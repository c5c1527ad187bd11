import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStoreContract } from '../read-store.contract.js';
import { openLmdbReadStore } from './index.js';

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
});

readStoreContract('lmdb', () => openLmdbReadStore({ path: newPath() }));
