import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePlatform, virtualClock } from './node.platform.js';

const START = Date.UTC(2026, 2, 2, 2);

describe('a virtual clock', () => {
  it('stands until it is set', () => {
    const clock = virtualClock(START);
    expect([clock.now(), clock.now()]).toEqual([
      '2026-03-02T02:00:00.000Z',
      '2026-03-02T02:00:00.000Z',
    ]);
    clock.set(START + 60_000);
    expect(clock.now()).toBe('2026-03-02T02:01:00.000Z');
  });

  it('moves by its step at each look', () => {
    const clock = virtualClock(START, 5);
    expect([clock.now(), clock.now()]).toEqual([
      '2026-03-02T02:00:00.005Z',
      '2026-03-02T02:00:00.010Z',
    ]);
  });

  it('is never put back', () => {
    const clock = virtualClock(START, 1);
    clock.set(START - 60_000);
    expect(clock.now()).toBe('2026-03-02T02:00:00.001Z');
  });
});

describe('the machine', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-platform-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('keeps a secret for its owner only, and never writes over it', async () => {
    const { files } = nodePlatform;
    const path = join(folder, 'keys', 'master.key');
    await files.makeFolder(join(folder, 'keys'));
    await files.createSecret(path, Uint8Array.of(1, 2, 3));
    await expect(files.createSecret(path, Uint8Array.of(4))).rejects.toThrow('EEXIST');
    expect([...((await files.read(path)) ?? [])]).toEqual([1, 2, 3]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
  });

  it('shows a secret to nobody before it is whole', async () => {
    const { files } = nodePlatform;
    const path = join(folder, 'master.key');
    const secret = new Uint8Array(8_000_000);
    const created = files.createSecret(path, secret).then(() => 'created');
    const looked = new Set<number | undefined>();
    const look = async () => looked.add((await files.read(path))?.length);
    while ((await Promise.race([created, look()])) !== 'created');
    await look();
    expect([...looked].filter((length) => length !== undefined)).toEqual([secret.length]);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('lets one of many create a secret, and leaves nothing of the others', async () => {
    const { files } = nodePlatform;
    const path = join(folder, 'lock');
    const all = Array.from({ length: 8 }, (_, index) =>
      files.createSecret(path, Uint8Array.of(index)),
    );
    const outcomes = await Promise.allSettled(all);
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(7);
    for (const outcome of failed) expect(outcome).toMatchObject({ reason: { code: 'EEXIST' } });
    const first = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect([...((await files.read(path)) ?? [])]).toEqual([first]);
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('makes a folder with those above it, and takes one that is there', async () => {
    const { files } = nodePlatform;
    const path = join(folder, 'a', 'b', 'c');
    await files.makeFolder(path);
    await files.makeFolder(path);
    expect((await stat(path)).isDirectory()).toBe(true);
    await writeFile(join(folder, 'file'), '');
    await expect(files.makeFolder(join(folder, 'file'))).rejects.toThrow('EEXIST');
  });

  it('reads nothing where there is no file, and removes what may be gone', async () => {
    const { files } = nodePlatform;
    const path = join(folder, 'lock');
    expect(await files.read(path)).toBeUndefined();
    await files.createSecret(path, Uint8Array.of(1));
    await files.remove(path);
    await files.remove(path);
    expect(await files.read(path)).toBeUndefined();
    await expect(files.read(folder)).rejects.toThrow('EISDIR');
  });

  it('sleeps until it is time, or until it is woken', async () => {
    const { clock, timers } = nodePlatform;
    const before = clock.elapsed_ms();
    await timers.sleep(1);
    expect(clock.elapsed_ms()).toBeGreaterThan(before);
    const woken = new AbortController();
    const sleeping = timers.sleep(3_600_000, woken.signal);
    woken.abort();
    await sleeping;
    await timers.sleep(3_600_000, woken.signal);
  });

  it('says what time it is in UTC, and draws as many bytes as it is asked for', () => {
    expect(nodePlatform.clock.now()).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}Z$/);
    expect(nodePlatform.random.bytes(16)).toHaveLength(16);
  });
});
