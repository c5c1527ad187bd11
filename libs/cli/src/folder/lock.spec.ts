import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePlatform } from '#lumbung/runtime';
import { folderInUse, holderOf, takeLock } from './lock.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-lock-'));
  file = join(folder, 'lumbung.lock');
});
afterEach(() => rm(folder, { recursive: true }));

const take = () => takeLock(folder, nodePlatform);

// Waits are counted, not waited for.
const patient = () => {
  let waits = 0;
  const sleep = async () => {
    waits += 1;
  };
  const platform = { ...nodePlatform, timers: { sleep } };
  return { take: () => takeLock(folder, platform), waits: () => waits };
};

const heldBy = (pid: number, details = {}) =>
  writeFile(file, JSON.stringify({ pid, token: 'a', address: 'http://127.0.0.1:1', ...details }));

/** The number of a process that has ended. */
const endedPid = () =>
  new Promise<number>((resolve) => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    child.on('close', () => resolve(child.pid ?? 0));
  });

describe('the lock of a data folder', () => {
  it('is a file for its owner alone, with a token of its own', async () => {
    const { token } = await take();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ token, address: null });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('makes the folder where there is none', async () => {
    folder = join(folder, 'new', 'data');
    await take();
    expect(await readdir(folder)).toEqual(['lumbung.lock']);
  });

  it('refuses another while its holder runs, with his address once he listens', async () => {
    const lock = await take();
    await expect(take()).rejects.toMatchObject({
      code: 'FOLDER_IN_USE',
      sentence: `Folder data sedang dipakai oleh proses ${process.pid}.`,
    });
    await lock.announce('http://127.0.0.1:3000');
    expect(await holderOf(folder)).toMatchObject({ address: 'http://127.0.0.1:3000' });
    await expect(take()).rejects.toMatchObject({
      code: 'FOLDER_IN_USE',
      sentence: expect.stringContaining('server di http://127.0.0.1:3000'),
      details: { address: 'http://127.0.0.1:3000', pid: process.pid },
    });
  });

  it('is free again when it is released', async () => {
    await (await take()).release();
    expect(await holderOf(folder)).toBeUndefined();
    await take();
  });

  it('is taken over from a holder who was killed', async () => {
    await heldBy(await endedPid());
    expect(await holderOf(folder)).toBeUndefined();
    const { token } = await take();
    expect(await holderOf(folder)).toMatchObject({ token, pid: process.pid });
    expect(await readdir(folder)).toEqual(['lumbung.lock']);
  });

  it('is taken over from one who was killed while he took it over', async () => {
    await heldBy(await endedPid());
    const killed = { pid: await endedPid(), token: 'b', address: null };
    await writeFile(`${file}.1-a`, JSON.stringify(killed));
    const { token } = await take();
    expect(await holderOf(folder)).toMatchObject({ token });
    expect(await readdir(folder)).toEqual(['lumbung.lock']);
  });

  it('is left to whoever is taking it over at this moment', async () => {
    await heldBy(await endedPid());
    const text = JSON.stringify({ pid: process.pid, token: 'b', address: null });
    await writeFile(`${file}.1-a`, text);
    await expect(take()).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
    expect(await readFile(`${file}.1-a`, 'utf8')).toBe(text);
  });

  it('is taken over from a holder whose number a later process bears', async () => {
    await heldBy(process.pid, { since: '1' });
    expect(await holderOf(folder)).toBeUndefined();
    await take();
  });

  it('is respected where nobody knows since when its holder runs', async () => {
    await heldBy(process.pid, { since: null });
    await expect(take()).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
  });

  it('that says nothing yet is waited for, since its maker is about to write it', async () => {
    await writeFile(file, '');
    const { take: tryToTake, waits } = patient();
    await tryToTake();
    expect(waits()).toBeGreaterThan(0);
    expect(await holderOf(folder)).toMatchObject({ pid: process.pid });
  });

  it('that is written while it is waited for holds', async () => {
    await writeFile(file, '');
    const sleep = () => heldBy(process.pid);
    const platform = { ...nodePlatform, timers: { sleep } };
    await expect(takeLock(folder, platform)).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
  });

  it('goes to one of many who come at once', async () => {
    await heldBy(await endedPid());
    const taken = await Promise.allSettled(Array.from({ length: 8 }, take));
    const refused = taken.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const one of refused) {
      expect(one).toMatchObject({ reason: { code: 'FOLDER_IN_USE' } });
    }
    expect(await readdir(folder)).toEqual(['lumbung.lock']);
  });

  it('cannot be taken in a file', async () => {
    folder = join(folder, 'file');
    await writeFile(folder, '');
    await expect(take()).rejects.toMatchObject({ code: 'EEXIST' });
    folder = join(folder, '..');
  });
});

describe('the refusal of a folder in use', () => {
  it('names the process where there is no address', () => {
    const { sentence } = folderInUse({ pid: 7, token: 'secret', address: null });
    expect(sentence).toBe('Folder data sedang dipakai oleh proses 7.');
  });

  it('never tells the token', () => {
    const held = { pid: 7, token: 'secret', address: 'http://127.0.0.1:1' };
    expect(JSON.stringify(folderInUse(held)) + String(folderInUse(held))).not.toContain('secret');
  });
});
