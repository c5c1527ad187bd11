import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyStoreContract } from './key-store.contract.js';
import { lmdbKeyStore } from './lmdb.js';
import { memoryKeyStore } from './memory.js';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

keyStoreContract('memory', async () => memoryKeyStore());

keyStoreContract('LMDB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'key-store-'));
  folders.push(folder);
  return lmdbKeyStore(join(folder, 'keys.lmdb'));
});
