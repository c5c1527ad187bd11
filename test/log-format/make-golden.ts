// Made once for each format of the log and never again, since what it made must stay readable:
// node --conditions source --import ./test/typescript.js test/log-format/make-golden.ts
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { anEvent, openSmall, plain, rawEvent, type Shown } from './writing.js';

export const GOLDEN = join(import.meta.dirname, '../golden/log-format-1');

/** Writes a small log of two segments that has each kind of record and of payload. */
export const writeGolden = async (path: string): Promise<Shown[]> => {
  const store = await openSmall(path, 2 << 10);
  await store.append('a-1', [anEvent('first', { n: 0, name: 'first' })], 'none');
  await store.append('a-1', [anEvent('padi', { n: 1, name: 'ꦥꦢꦶ', of: [1.5, -3, null] })], 0);
  await store.append('a-2', [rawEvent('raw'), anEvent('account', { '35.06': 2 ** 40 })], 'none');
  await store.appendAtomic?.([
    { stream: 'a-1', events: [anEvent('both', { n: 2, name: 'both' }, 2)], expected: 1 },
    {
      stream: 'b-1',
      events: [anEvent('both too', { n: 3, name: 'x'.repeat(300) })],
      expected: 'any',
    },
  ]);
  await store.delete('a-2', 'any');
  await store.append('a-2', [anEvent('again', { n: 4, name: 'again' })], 'any');
  await store.tombstone('b-1', 'any');
  await store.append('a-1', [anEvent('last', { n: 5, name: 'last' })], 2);
  const all: Shown[] = [];
  for await (const batch of store.readAll({ system: true })) all.push(...batch.map(plain));
  await store.close();
  return all;
};

const make = async () => {
  if ((await readdir(GOLDEN)).length > 0) throw new Error(`${GOLDEN} is there, and stays`);
  const all = await writeGolden(GOLDEN);
  for (const name of await readdir(GOLDEN)) {
    if (name.endsWith('.idx')) await rm(join(GOLDEN, name));
  }
  await writeFile(join(GOLDEN, 'events.json'), `${JSON.stringify(all, null, 1)}\n`);
};

if (argv[1] === import.meta.filename) await make();
