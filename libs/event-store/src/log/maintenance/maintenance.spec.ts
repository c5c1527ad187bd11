import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, type Metadata } from '#lumbung/kernel';
import {
  anEvent,
  collect,
  events,
  names,
  namesOf,
  range,
} from '../../contract/samples.contract.js';
import { mayForget } from '../../event-store.contract.js';
import { METADATA, metadataStream } from '../../retention.js';
import { archiveLog, compactLog, openLogEventStore, openLogReader } from '../index.js';

const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
const SMALL = 8 << 10;

let folder: string;
let count = 0;
const newPath = () => join(folder, `${count++}`);
const open = (path: string) =>
  openLogEventStore({
    path,
    random: { bytes: randomBytes },
    clock,
    mayForget,
    segmentBytes: SMALL,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-maintenance-'));
});
afterAll(() => rm(folder, { recursive: true }));

const limited = { ...anEvent('limit', METADATA), version: 0, metadata: {} as Metadata };

/** Four streams of 60 events, of which three let go all, most, and for good. */
const aLog = async () => {
  const path = newPath();
  const store = await open(path);
  for (const n of range(60)) {
    for (const stream of ['a-kept', 'a-deleted', 'a-limited', 'a-ended']) {
      await store.append(stream, events(`${stream}:${n}`), 'any');
    }
  }
  await store.delete('a-deleted', 'any');
  const event = { ...limited, data: { $maxCount: 3 } };
  await store.append(metadataStream('a-limited'), [event], 'none');
  await store.tombstone('a-ended', 59);
  // Only full segments are written anew.
  for (const n of range(60)) await store.append('a-last', events(n), 'any');
  await store.close();
  return path;
};

const allOf = async (path: string) => {
  const store = await open(path);
  const all = await collect(store.readAll());
  const found = all.map(({ stream, revision, position, data }) => ({
    ...{ stream, revision, position, data },
  }));
  await store.close();
  return found;
};

const bytesOf = async (path: string) => {
  const sizes = (await readdir(path)).map(async (name) => (await stat(join(path, name))).size);
  return (await Promise.all(sizes)).reduce((all, size) => all + size, 0);
};

describe('compaction', () => {
  it('leaves out what counts no more, and moves nothing', async () => {
    const path = await aLog();
    const before = await allOf(path);
    const bytes = await bytesOf(path);
    const freed = compactLog({ path, clock });
    expect(freed).toBeGreaterThan(10_000);
    expect(await bytesOf(path)).toBeLessThan(bytes);
    const after = await allOf(path);
    const revisions = (stream: string) =>
      after.filter((event) => event.stream === stream).map(({ revision }) => revision);
    expect(revisions('a-kept')).toEqual(range(60));
    expect(revisions('a-deleted')).toEqual([59]);
    expect(revisions('a-limited')).toEqual([57, 58, 59]);
    expect(revisions('a-ended')).toEqual([]);
    const known = new Set(before.map((event) => `${event.position} ${JSON.stringify(event.data)}`));
    for (const { position, data } of after) {
      expect(known).toContain(`${position} ${JSON.stringify(data)}`);
    }
  });

  it('leaves streams as they were to whoever reads them or goes on with them', async () => {
    const path = await aLog();
    compactLog({ path, clock });
    expect(compactLog({ path, clock })).toBe(0);
    const store = await open(path);
    expect(await namesOf(store.readStream('a-kept'))).toHaveLength(60);
    expect(await namesOf(store.readStream('a-deleted'))).toEqual([]);
    expect(await namesOf(store.readStream('a-limited'))).toEqual(
      [57, 58, 59].map((n) => `a-limited:${n}`),
    );
    await expect(namesOf(store.readStream('a-ended'))).rejects.toThrow('for good');
    expect((await store.append('a-deleted', events('new'), 'none')).revision).toBe(60);
    expect((await store.append('a-limited', events('new'), 59)).revision).toBe(60);
    const all = await collect(store.readAll());
    const back = await collect(store.readAll({ direction: 'backwards' }));
    expect(names(back).reverse()).toEqual(names(all));
    const from = all[50]?.position ?? 0n;
    expect(names(await collect(store.readAll({ from })))).toEqual(names(all).slice(50));
    await store.close();
  });
});

describe('the archive', () => {
  it('is read through, in both directions and by stream, and the log goes on', async () => {
    const path = await aLog();
    const before = await allOf(path);
    const to = newPath();
    const moved = archiveLog({ path, clock }, { to, keep: 1 });
    expect(moved.length).toBeGreaterThan(1);
    expect((await readdir(to)).filter((name) => name.endsWith('.seg'))).toHaveLength(moved.length);
    expect(await allOf(path)).toEqual(before);
    const store = await open(path);
    expect(await namesOf(store.readStream('a-kept'))).toHaveLength(60);
    await store.append('a-kept', events('new'), 59);
    await store.close();
    expect(archiveLog({ path, clock }, { to, keep: 1 })).toEqual([]);
    const manifest = JSON.parse(await readFile(join(path, 'archive.json'), 'utf8'));
    expect(manifest).toEqual(moved);
  });

  it('is not made where the log is, nor over another one', async () => {
    const path = await aLog();
    const before = await allOf(path);
    const to = newPath();
    archiveLog({ path: await aLog(), clock }, { to });
    for (const folderTo of [path, join(path, '.'), to]) {
      expect(() => archiveLog({ path, clock }, { to: folderTo })).toThrow('of its own');
    }
    expect(await allOf(path)).toEqual(before);
  });

  it('is missed when it is not there', async () => {
    const path = await aLog();
    const to = newPath();
    archiveLog({ path, clock }, { to });
    await rm(to, { recursive: true });
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });

  it('is not made of a log that is open', async () => {
    const path = newPath();
    const store = await open(path);
    expect(() => archiveLog({ path, clock }, { to: newPath() })).toThrow(String(process.pid));
    await store.close();
  });
});

describe('a reader beside the writer', () => {
  it('sees what was written when it was opened, and changes nothing', async () => {
    const path = newPath();
    const store = await open(path);
    await store.append('a-1', events(0, 1), 'none');
    const reader = openLogReader({ path });
    await store.append('a-1', events(2), 1);
    expect(await namesOf(reader.readAll())).toEqual([0, 1]);
    expect(reader.stat()).toMatchObject({ id: store.id, events: 2, streams: 1, types: 1 });
    reader.close();
    await store.close();
    expect((await allOf(path)).map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });

  it('does not take damage for the end of the log', async () => {
    const path = await aLog();
    const last =
      (await readdir(path))
        .filter((name) => name.endsWith('.seg'))
        .sort()
        .at(-1) ?? '';
    await rm(join(path, last.replace('seg', 'idx')));
    const bytes = await readFile(join(path, last));
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    await writeFile(join(path, last), bytes);
    expect(() => openLogReader({ path })).toThrow(`${join(path, last)} is damaged at byte 64`);
  });

  it('finds every damage there is', async () => {
    const path = await aLog();
    const [first = '', second = ''] = (await readdir(path))
      .filter((n) => n.endsWith('.seg'))
      .sort();
    for (const name of [first, second]) {
      const bytes = await readFile(join(path, name));
      bytes[3_000] = (bytes[3_000] ?? 0) ^ 1;
      await writeFile(join(path, name), bytes);
    }
    const reader = openLogReader({ path });
    const progress: number[] = [];
    const found = [];
    for await (const damage of reader.verify((bytes) => progress.push(bytes))) found.push(damage);
    expect(found.map((damage) => damage.path)).toEqual([join(path, first), join(path, second)]);
    expect(progress.length).toBeGreaterThan(1);
    reader.close();
  });
});
