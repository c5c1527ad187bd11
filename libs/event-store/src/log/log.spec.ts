import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { instantAt } from '#lumbung/kernel';
import { diskContract } from '../contract/disk.contract.js';
import { anEvent, collect, events, names, namesOf, range } from '../contract/samples.contract.js';
import { eventStoreContract, mayForget } from '../event-store.contract.js';
import { openLogEventStore } from './index.js';

let folder: string;
let count = 0;
const newPath = () => join(folder, `${count++}`);
const random = { bytes: randomBytes };
const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
const open = (path: string, segmentBytes?: number) =>
  openLogEventStore({ path, random, clock, mayForget, ...(segmentBytes && { segmentBytes }) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-log-'));
});
afterAll(() => rm(folder, { recursive: true }));

eventStoreContract('log', () => open(newPath()), { atomic: true });
diskContract({ entry: 'log', opener: 'openLogEventStore', open });

const SMALL = 8 << 10;

/** A log of some small segments, closed; each append is a commit of its own. */
const aLog = async (appends: number) => {
  const path = newPath();
  const store = await open(path, SMALL);
  for (const n of range(appends)) await store.append('a-1', [anEvent(n)], n === 0 ? 'none' : n - 1);
  await store.close();
  return path;
};

const filesOf = async (path: string) =>
  (await readdir(path))
    .filter((name) => name.endsWith('.seg'))
    .sort()
    .map((name) => join(path, name));

const copyOf = async (path: string): Promise<string> => {
  const copy = newPath();
  await mkdir(copy);
  for (const name of await readdir(path)) await copyFile(join(path, name), join(copy, name));
  // As after a kill: what the last segment holds is told by nothing but itself.
  const sidecars = (await readdir(path)).filter((name) => name.endsWith('.idx')).sort();
  await rm(join(copy, sidecars.at(-1) ?? ''));
  return copy;
};

const namesIn = async (path: string) => {
  const store = await open(path, SMALL);
  const found = await namesOf(store.readAll());
  await store.close();
  return found;
};

/** Where the last frame of a file begins and ends: it holds the name of the last event. */
const lastFrame = (bytes: Buffer) => {
  const from = bytes.lastIndexOf('FRME');
  return { from, to: from + bytes.readUInt32LE(from + 4) };
};

describe('a log of several segments', () => {
  it('reads the same in both directions when it is opened again', async () => {
    const path = await aLog(120);
    expect((await filesOf(path)).length).toBeGreaterThan(1);
    const store = await open(path, SMALL);
    expect(await namesOf(store.readAll())).toEqual(range(120));
    const back = { direction: 'backwards' } as const;
    expect(await namesOf(store.readAll(back))).toEqual(range(120).reverse());
    expect(await namesOf(store.readStream('a-1', back))).toEqual(range(120).reverse());
    await store.close();
  });

  it('takes an event larger than a segment', async () => {
    const path = newPath();
    const large = { ...anEvent('large'), data: { name: 'large', text: 'x'.repeat(3 * SMALL) } };
    const store = await open(path, SMALL);
    await store.append('a-1', [anEvent(0), large, anEvent(1)], 'none');
    await store.append('a-1', events(2), 2);
    await store.close();
    const again = await open(path, SMALL);
    const all = await collect(again.readAll());
    expect(names(all)).toEqual([0, 'large', 1, 2]);
    expect(all[1]?.data).toEqual(large.data);
    await again.close();
  });

  it('answers a retry after it was opened again as it did the first time', async () => {
    const path = newPath();
    const store = await open(path, SMALL);
    const first = await store.append('a-1', events(0, 1), 'none');
    await store.append('a-1', events(2), 1);
    await store.close();
    const again = await open(path, SMALL);
    expect(await again.append('a-1', events(0, 1), 'none')).toEqual(first);
    await again.close();
  });
});

describe('the torn end of a log', () => {
  it('is cut off whole, wherever it was torn, and the log goes on', async () => {
    const path = await aLog(5);
    const [file = ''] = await filesOf(path);
    const bytes = await readFile(file);
    const { from, to } = lastFrame(bytes);
    // The last bytes may be padding, and zero anyway.
    for (let cut = from; cut < to - 8; cut += 7) {
      const torn = await copyOf(path);
      const [tornFile = ''] = await filesOf(torn);
      await writeFile(tornFile, Buffer.from(bytes).fill(0, cut));
      const store = await open(torn, SMALL);
      expect(await namesOf(store.readAll())).toEqual(range(4));
      await store.append('a-1', events('next'), 3);
      await store.close();
      expect(await namesIn(torn)).toEqual([...range(4), 'next']);
    }
  });

  it('is cut off when a bit of it is wrong', async () => {
    const path = await aLog(5);
    const [file = ''] = await filesOf(path);
    const bytes = await readFile(file);
    const { from, to } = lastFrame(bytes);
    for (let at = from; at < to - 8; at += 5) {
      const flipped = await copyOf(path);
      const [flippedFile = ''] = await filesOf(flipped);
      const wrong = Buffer.from(bytes);
      wrong[at] = (wrong[at] ?? 0) ^ 4;
      await writeFile(flippedFile, wrong);
      expect(await namesIn(flipped)).toEqual(range(4));
    }
  });
});

describe('damage in the midst of a log', () => {
  const damagedAt = async (path: string, file: string, at: number) => {
    const bytes = await readFile(file);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(open(path, SMALL)).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringContaining(file),
    });
  };

  it('is refused with the file and the byte, in whichever segment', async () => {
    const path = await aLog(120);
    const files = await filesOf(path);
    const [first = '', last = ''] = [files[0], files.at(-1)];
    await damagedAt(path, last, 200);
    const other = await aLog(120);
    const [early = ''] = await filesOf(other);
    await rm(early.replace(/seg$/, 'idx'));
    await damagedAt(other, early, 4_000);
    expect(first).not.toBe(last);
  });

  it('that a sidecar hides is found by whoever reads it, in the log or in its stream', async () => {
    const path = await aLog(120);
    const [first = ''] = await filesOf(path);
    const bytes = await readFile(first);
    bytes[4_000] = (bytes[4_000] ?? 0) ^ 1;
    await writeFile(first, bytes);
    const store = await open(path, SMALL);
    const found = { name: 'StoreUnavailable', message: expect.stringContaining(first) };
    await expect(namesOf(store.readAll())).rejects.toMatchObject(found);
    await expect(namesOf(store.readStream('a-1'))).rejects.toMatchObject(found);
    await store.close();
  });

  it('is refused where a segment is missing', async () => {
    const path = await aLog(120);
    const [, second = ''] = await filesOf(path);
    await rm(second);
    await expect(open(path, SMALL)).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});

it('a folder of the first version is refused, not begun anew', async () => {
  const path = newPath();
  await mkdir(path);
  await writeFile(join(path, 'data.mdb'), '');
  await expect(open(path)).rejects.toThrow('another format');
});

// An event that the limit of a file has no room for, between others that it has.
const WRITER = `
  import { randomUUID } from 'node:crypto';
  import { openLogEventStore } from '#lumbung/event-store/log';
  const random = { bytes: (count) => new Uint8Array(count) };
  const clock = { now: () => new Date().toISOString() };
  const [, path] = process.argv;
  const store = await openLogEventStore({ path, random, clock, segmentBytes: 65536 });
  const event = (name, text = '') =>
    ({ id: randomUUID(), type: 'test.Happened', version: 1, data: { name, text }, metadata: {} });
  await store.append('a-1', [event('first')], 'none');
  const large = [event('large', 'x'.repeat(4_000_000))];
  const failed = await store.append('a-1', large, 0).catch((error) => error);
  const later = await store.append('a-1', [event('later')], 0).catch((error) => error);
  console.log(failed.name + ': ' + failed.message + '; ' + later.name);
`;

it('a log that cannot be written accepts nothing more, and keeps what it had', async () => {
  const path = newPath();
  const run = ['--conditions', 'source', '--import', './test/typescript.js'];
  const node = [process.execPath, ...run, '--input-type=module', '--eval', WRITER, path];
  const limited = ['-c', 'trap "" XFSZ; ulimit -f 2048; exec "$0" "$@"', ...node];
  const { stdout } = await promisify(execFile)('bash', limited);
  expect(stdout).toMatch(/^StoreUnavailable: the event log could not be written: .*; StoreUn/);
  expect(await namesIn(path)).toEqual(['first']);
});
