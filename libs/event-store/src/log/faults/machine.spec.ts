import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, uuidOf } from '#lumbung/kernel';
import type { EventStore, NewEvent } from '../../port.js';
import { openLogEventStore } from '../index.js';
import { systemClock, zeros } from './testing/machine.js';

const SEGMENT_BYTES = 64 << 10;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-machine-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (path: string, clock = systemClock) =>
  openLogEventStore({ path, random: zeros, clock, segmentBytes: SEGMENT_BYTES });

const anEvent = (name: string, text = ''): NewEvent => ({
  id: uuidOf('machine', name),
  type: 'test.Happened',
  version: 1,
  data: { name, text },
  metadata: {} as never,
});

const namesIn = async (store: EventStore): Promise<string[]> => {
  const names: string[] = [];
  for await (const batch of store.readAll()) {
    names.push(...batch.map(({ data }) => (data as { name: string }).name));
  }
  return names;
};

/** Appends until an append fails; answers what was acknowledged and why it ended. */
const fill = async (store: EventStore, most: number) => {
  const acknowledged: string[] = [];
  for (let n = 0; n < most; n++) {
    try {
      await store.append('a-1', [anEvent(`${n}`, '.'.repeat(2_000))], 'any');
      acknowledged.push(`${n}`);
    } catch (error) {
      return { acknowledged, error: error as Error };
    }
  }
  return { acknowledged, error: undefined };
};

const expectStopped = async (store: EventStore, error: Error | undefined, why: RegExp) => {
  expect(error).toMatchObject({ name: 'StoreUnavailable', message: expect.stringMatching(why) });
  const later = store.append('b-1', [anEvent('later')], 'any');
  await expect(later).rejects.toMatchObject({ message: expect.stringMatching(why) });
};

const isRoot = process.getuid?.() === 0;

/** Whether a small disk of its own can be mounted at a path. */
const mounted = (path: string): boolean => {
  const options = ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path];
  return isRoot && spawnSync('mount', options).status === 0;
};

it('a full disk stops the log with its reason, and what was acknowledged is there', async () => {
  const path = join(folder, 'full');
  await mkdir(path);
  if (!mounted(path)) {
    process.stderr.write('skipped: no disk of its own can be mounted here\n');
    return;
  }
  try {
    const store = await open(path);
    const { acknowledged, error } = await fill(store, 10_000);
    expect(acknowledged.length).toBeGreaterThan(100);
    await expectStopped(store, error, /could not be written: .*ENOSPC/);
    await store.close();
    // Opened again it is as full as before; with more room it goes on.
    execFileSync('mount', ['-o', 'remount,size=4m', path]);
    const again = await open(path);
    expect((await namesIn(again)).slice(0, acknowledged.length)).toEqual(acknowledged);
    await again.append('a-1', [anEvent('more')], 'any');
    await again.close();
  } finally {
    execFileSync('umount', ['-l', path]);
  }
});

it('a folder that is removed stops the log when the next file is begun', async () => {
  const path = join(folder, 'removed');
  const store = await open(path);
  await store.append('a-1', [anEvent('before')], 'any');
  await rm(path, { recursive: true });
  const { acknowledged, error } = await fill(store, 10_000);
  expect(acknowledged.length).toBeLessThan(SEGMENT_BYTES / 2_000 + 1);
  await expectStopped(store, error, /could not be written: .*ENOENT/);
  await store.close();
});

const OTHER_USER = 65_534;

/** In a process of its own; not as root when that is said, since nothing is forbidden to root. */
const elsewhere = (script: string, path: string, user = process.getuid?.()) => {
  const source = `
    import { chmodSync } from 'node:fs';
    import { randomUUID } from 'node:crypto';
    import { openLogEventStore } from '#lumbung/event-store/log';
    if (process.getuid() === 0) process.setuid(${user});
    const random = { bytes: (count) => new Uint8Array(count) };
    const clock = { now: () => new Date().toISOString() };
    const path = ${JSON.stringify(path)};
    const open = () => openLogEventStore({ path, random, clock, segmentBytes: ${SEGMENT_BYTES} });
    const event = (text = '') =>
      ({ id: randomUUID(), type: 'test.A', version: 1, data: { name: text, text }, metadata: {} });
    ${script}
  `;
  const run = ['--conditions', 'source', '--import', './test/typescript.js'];
  return execFileSync(process.execPath, [...run, '--input-type=module', '--eval', source], {
    encoding: 'utf8',
  });
};

it('a permission that is lost stops the log with its reason; a missing one is told', async () => {
  const path = join(folder, 'forbidden');
  await mkdir(path);
  if (isRoot) await chown(path, OTHER_USER, OTHER_USER);
  const said = elsewhere(
    `
    const store = await open();
    await store.append('a-1', [event()], 'none');
    chmodSync(path, 0o500);
    let error;
    for (let n = 0; n < 1000 && !error; n++) {
      error = await store.append('a-1', [event('.'.repeat(2_000))], n).catch((cause) => cause);
      if (!error.message) error = undefined;
    }
    console.log(error.name, error.message);
    const later = await store.append('b-1', [event()], 'none').catch((cause) => cause);
    console.log(later.name);
    await store.close().catch(() => undefined);
    chmodSync(path, 0o000);
    const opened = await open().catch((cause) => cause);
    console.log(opened.name, opened.message);
    chmodSync(path, 0o700);
  `,
    path,
    OTHER_USER,
  ).split('\n');
  expect(said[0]).toMatch(/^StoreUnavailable the event log could not be written: EACCES/);
  expect(said[1]).toBe('StoreUnavailable');
  expect(said[2]).toMatch(/^StoreUnavailable the event log in .+ cannot be opened: EACCES/);
});

describe('a clock that runs backwards', () => {
  it('does not make an event earlier than the one before, also after a restart', async () => {
    const path = join(folder, 'clock');
    let now = 10_000_000;
    const clock = { now: () => instantAt(now), elapsed_ms: () => 0 };
    for (let session = 0; session < 4; session++) {
      const store = await open(path, clock);
      for (let n = 0; n < 20; n++) {
        now -= 1_000;
        await store.append('a-1', [anEvent(`${session}:${n}`, '.'.repeat(3_000))], 'any');
      }
      const created: number[] = [];
      for await (const batch of store.readAll()) created.push(...batch.map((one) => one.created));
      expect(created).toHaveLength(20 * (session + 1));
      expect(new Set(created)).toEqual(new Set([9_999_000]));
      await store.close();
    }
  });
});

describe('the lock of a folder', () => {
  it('refuses a second process, and names the first', async () => {
    const path = join(folder, 'locked');
    const store = await open(path);
    await store.append('a-1', [anEvent('mine')], 'any');
    const said = elsewhere(
      'const error = await open().catch((cause) => cause); console.log(error.message);',
      path,
    );
    expect(said.trim()).toBe(`${path} is in use by process ${process.pid}`);
    await expect(open(path)).rejects.toThrow(`${path} is in use by process ${process.pid}`);
    await store.append('a-1', [anEvent('still mine')], 'any');
    await store.close();
  });

  const taken = async (path: string, lock: string) => {
    await mkdir(path);
    await writeFile(join(path, 'lock'), lock);
    const store = await open(path);
    expect(await readFile(join(path, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} \\d+$`));
    await store.close();
  };

  it('is taken over from a process that is gone, or whose number another has now', async () => {
    const gone = spawn(process.execPath, ['--eval', '']);
    await once(gone, 'exit');
    await taken(join(folder, 'gone'), `${gone.pid} 12345`);
    await taken(join(folder, 'again'), `${process.ppid} 1`);
    await taken(join(folder, 'own'), `${process.pid} 1`);
    await taken(join(folder, 'torn'), '');
    await taken(join(folder, 'nonsense'), 'x'.repeat(5_000));
  });
});
