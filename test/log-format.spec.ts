import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EventStore } from '#lumbung/event-store';
import { archiveLog, compactLog } from '#lumbung/event-store/log';
import { instantAt } from '#lumbung/kernel';
import { GOLDEN, writeGolden } from './log-format/make-golden.js';
import {
  anEvent,
  manyShapes,
  openSmall,
  plain,
  rawEvent,
  type Shown,
  VALUES,
} from './log-format/writing.js';

const READER = join(import.meta.dirname, 'log-format/read_log.py');
const SEGMENT_BYTES = 16 << 10;
const clock = { now: () => instantAt(0), elapsed_ms: () => 0 };

const hasPython = () => {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
};

const eventsOf = async (store: EventStore) => {
  const all: Shown[] = [];
  for await (const batch of store.readAll({ system: true })) all.push(...batch.map(plain));
  return all;
};

const readByPython = async (path: string) => {
  const options = { maxBuffer: 1 << 28 };
  const { stdout } = await promisify(execFile)('python3', [READER, path], options);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-format-'));
});
afterAll(() => rm(folder, { recursive: true }));

// A machine without Python may be somebody's laptop, but not the one that judges.
const reading = hasPython() || process.env.CI === 'true' ? describe : describe.skip;

reading('a log, read by another program after docs/log-format.md', () => {
  const write = async (path: string) => {
    const store = await openSmall(path, SEGMENT_BYTES);
    for (const [n, value] of VALUES.entries()) {
      await store.append(`koperasi-ꦥꦢꦶ ${n % 5}`, [anEvent(`value ${n}`, value)], 'any');
    }
    await Promise.all(manyShapes(200).map((event) => store.append('shapes-1', [event], 'any')));
    await store.append('raw-1', [rawEvent('raw'), anEvent('beside it', { a: 1 })], 'none');
    await store.close();
    const again = await openSmall(path, SEGMENT_BYTES);
    await again.appendAtomic?.([
      { stream: 'raw-1', events: manyShapes(3), expected: 1 },
      {
        stream: 'other-1',
        events: [anEvent('other', { field1: { inner1: 2, common: 'y' } })],
        expected: 'none',
      },
    ]);
    await again.delete('shapes-1', 'exists');
    await again.tombstone('raw-1', 'any');
    await again.append('shapes-1', [anEvent('later', { later: true })], 'any');
    for (const event of manyShapes(90)) await again.append('last-1', [event], 'any');
    return again;
  };

  it('is the same, open and closed, compacted and in part elsewhere', async () => {
    const path = join(folder, 'log');
    const open = await write(path);
    const all = await eventsOf(open);
    expect(all.length).toBeGreaterThan(300);
    expect(await readByPython(path)).toEqual(all);
    await open.close();
    expect((await readdir(path)).filter((name) => name.endsWith('.seg')).length).toBeGreaterThan(3);
    expect(await readByPython(path)).toEqual(all);

    expect(compactLog({ path, clock })).toBeGreaterThan(0);
    const left = await readByPython(path);
    expect(left.length).toBeLessThan(all.length);
    archiveLog({ path, clock }, { to: join(folder, 'archive'), keep: 1 });
    const store = await openSmall(path, SEGMENT_BYTES);
    expect(await eventsOf(store)).toEqual(left);
    await store.close();
    expect(await readByPython(path)).toEqual(left);
  });

  it('of format 1 that is kept for good is the same too', async () => {
    expect(await readByPython(GOLDEN)).toEqual(await goldenEvents());
  });
});

const goldenEvents = async () =>
  JSON.parse(await readFile(join(GOLDEN, 'events.json'), 'utf8')) as Shown[];

describe('the log of format 1 that is kept for good', () => {
  it('is read by today’s engine, and goes on', async () => {
    const path = join(folder, 'golden');
    await cp(GOLDEN, path, { recursive: true });
    const store = await openSmall(path, 2 << 10);
    const expected = await goldenEvents();
    expect(await eventsOf(store)).toEqual(expected);
    await store.append('a-1', [anEvent('today', { n: 1, name: 'today' })], 'exists');
    await store.close();
    const again = await openSmall(path, 2 << 10);
    expect(await eventsOf(again)).toHaveLength(expected.length + 1);
    await again.close();
  });

  it('holds what its script writes today', async () => {
    const path = join(folder, 'today');
    await writeGolden(path);
    const store = await openSmall(path, 2 << 10);
    const written = (await eventsOf(store)).map(({ position: _, ...event }) => event);
    await store.close();
    expect(written).toEqual((await goldenEvents()).map(({ position: _, ...event }) => event));
  });
});
