import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePlatform } from '#lumbung/runtime';
import { settingsFrom } from '../settings.js';
import { aHost } from '../testing/host.js';
import { busOf } from '../testing/office.js';
import { takeLock } from './lock.js';
import { connect, folderOf, isUntouched, openHere } from './session.js';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lumbung-session-'));
  folder = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true }));

const inhabited = async () => {
  await mkdir(join(folder, 'log'), { recursive: true });
};

const meansOf = ({ open }: ReturnType<typeof aHost>) => ({
  open,
  settings: settingsFrom({ LUMBUNG_DATA: folder, LUMBUNG_LOG: 'error', NODE_ENV: 'production' }),
});

const { bus } = busOf({ 'a.b.c': () => 'here' });

describe('opening a folder', () => {
  it('holds its lock until it is closed', async () => {
    const host = aHost(bus);
    const { close } = await openHere(meansOf(host), {});
    expect(await readdir(folder)).toEqual(['lumbung.lock']);
    await close();
    expect(host.closed()).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('hands on what was asked, and what the environment says', async () => {
    const host = aHost(bus);
    const wanted = { regency: '35.71', simulated: true, keepsTime: false };
    const { lock, close } = await openHere(meansOf(host), wanted);
    expect(host.openings).toEqual([
      {
        ...{ ...wanted, folder, platform: nodePlatform },
        ...{ logLevel: 'error', isProduction: true, token: lock.token },
      },
    ]);
    await close();
  });

  it('gives the lock back when it fails', async () => {
    const failing = { ...aHost(bus), open: () => Promise.reject(new Error('no')) };
    await expect(openHere(meansOf(failing), {})).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('for a regency that is none makes nothing', async () => {
    const host = aHost(bus);
    await expect(openHere(meansOf(host), { regency: '99.99' })).rejects.toMatchObject({
      code: 'REGENCY_UNKNOWN',
    });
    expect(host.openings).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
  });
});

describe('a command', () => {
  it('opens the folder here where nobody holds it', async () => {
    await inhabited();
    const host = aHost(bus);
    const session = await connect(meansOf(host));
    expect(await session.bus.send('a.b.c', {})).toBe('here');
    await session.close();
    expect(host.closed()).toBe(1);
  });

  it('begins no days, so that looking writes nothing', async () => {
    await inhabited();
    const host = aHost(bus);
    await (await connect(meansOf(host))).close();
    expect(host.openings).toMatchObject([{ keepsTime: false }]);
  });

  it('refuses a folder that nobody ever opened, and leaves it so', async () => {
    const host = aHost(bus);
    await expect(connect(meansOf(host))).rejects.toMatchObject({
      code: 'FOLDER_EMPTY',
      sentence: expect.stringContaining(folder),
    });
    expect(host.openings).toEqual([]);
    expect(await isUntouched(folder)).toBe(true);
  });

  it('refuses a folder that somebody opens at this moment', async () => {
    await inhabited();
    await takeLock(folder, nodePlatform);
    await expect(connect(meansOf(aHost(bus)))).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
  });

  it('ends with what failed before it could begin, and closes the folder', async () => {
    await inhabited();
    const ready = new Promise<void>(() => undefined);
    const host = aHost(bus, { ready, failed: Promise.resolve(new Error('the disk is gone')) });
    await expect(connect(meansOf(host))).rejects.toThrow('the disk is gone');
    expect(host.closed()).toBe(1);
    expect(await readdir(folder)).toEqual(['log']);
  });

  it('hears what failed for good instead of waiting for an answer', async () => {
    await inhabited();
    let fail: (error: unknown) => void = () => undefined;
    const failed = new Promise<unknown>((resolve) => {
      fail = resolve;
    });
    const session = await connect(meansOf(aHost(bus, { failed })));
    expect(await session.bus.send('a.b.c', {})).toBe('here');
    fail(new Error('the disk is gone'));
    await failed;
    await expect(session.bus.send('a.b.c', {})).rejects.toThrow('the disk is gone');
    await session.close();
  });
});

describe('a command beside a server', () => {
  let server: Server;
  const asked: { token: unknown; body: string }[] = [];

  beforeEach(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (text) => {
        body += text;
      });
      request.on('end', () => {
        asked.push({ token: request.headers['x-lumbung-token'], body });
        response.end(JSON.stringify({ answer: 'there' }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('asks it, with the token of the lock, and opens nothing itself', async () => {
    const lock = await takeLock(folder, nodePlatform);
    await lock.announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const host = aHost(bus);
    const session = await connect(meansOf(host));
    expect(await session.bus.send('a.b.c', { n: 1 })).toBe('there');
    await session.close();
    expect(asked).toEqual([
      { token: lock.token, body: JSON.stringify({ pattern: 'a.b.c', payload: { n: 1 } }) },
    ]);
    expect(host.openings).toEqual([]);
    server.closeAllConnections();
  });
});

describe('a folder', () => {
  it('is the environment’s unless another is wanted', () => {
    const means = meansOf(aHost(bus));
    expect(folderOf(means)).toBe(folder);
    expect(folderOf(means, '/elsewhere')).toBe('/elsewhere');
  });

  it('is untouched while it holds no more than a lock', async () => {
    expect(await isUntouched(folder)).toBe(true);
    await takeLock(folder, nodePlatform);
    expect(await isUntouched(folder)).toBe(true);
    await writeFile(join(folder, 'data'), '');
    expect(await isUntouched(folder)).toBe(false);
    await expect(isUntouched(join(folder, 'data'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
