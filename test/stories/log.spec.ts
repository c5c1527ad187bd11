import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLogEventStore } from '#lumbung/event-store/log';
import { type Metadata, uuidOf } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { end, program, run, type Server, stage } from './lumbung.js';

const { newFolder, serve: serveHere } = stage();

type Line = { position: string; stream: string; type: string; revision: number };

const log = (folder: string, ...args: string[]) => run(folder, 'log', ...args);

const told = async (folder: string, ...args: string[]) => {
  const { code, stdout, stderr } = await log(folder, ...args, '--json');
  if (code !== 0) throw new Error(stderr || stdout);
  return JSON.parse(stdout);
};

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const dumped = async (folder: string, ...args: string[]) => {
  const { code, stdout, stderr } = await log(folder, 'dump', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return linesOf(stdout);
};

/** Positions are bytes, of which another log has others. */
const unplaced = (lines: readonly Line[]) => lines.map(({ position: _, ...line }) => line);

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

const anEvent = (name: string) => ({
  ...{ id: uuidOf('story', name), type: 'test.Happened', version: 1 },
  ...{ data: { name, text: '-'.repeat(400) }, metadata: {} as Metadata },
});

/** A log of several small files, some of whose streams have let go what they had. */
const aLog = async (folder: string) => {
  const path = join(folder, 'log');
  const store = await openLogEventStore({
    ...{ ...nodePlatform, path, mayForget: () => true, segmentBytes: 16 << 10 },
  });
  for (const n of numbers(60)) {
    await store.append('a-1', [anEvent(`a ${n}`)], 'any');
    await store.append(`b-${n % 3}`, [anEvent(`b ${n}`)], 'any');
  }
  await store.tombstone('a-1', 59);
  for (const n of numbers(60)) await store.append('b-3', [anEvent(`c ${n}`)], 'any');
  await store.close();
  return path;
};

const segmentsIn = async (path: string) =>
  (await readdir(path)).filter((name) => name.endsWith('.seg')).sort();

describe('the log beside a running server', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = await newFolder();
    server = await serveHere(folder);
  });

  it('tells what is in it, in words and for programs', async () => {
    const stat = await told(folder, 'stat');
    expect(stat).toMatchObject({ path: join(folder, 'log'), segments: [{ archived: false }] });
    expect(stat.events).toBeGreaterThan(344);
    expect(stat.first <= stat.last).toBe(true);
    const { stdout } = await log(folder, 'stat');
    expect(stdout).toContain(stat.id);
    expect(stdout).toContain('00000001.seg');
  });

  it('is read to the last byte', async () => {
    expect(await told(folder, 'verify')).toMatchObject({ damaged: [], unread: null });
    const { stdout } = await log(folder, 'verify');
    expect(stdout).toMatch(/bita dibaca, semuanya seperti waktu ditulis/);
  });

  it('is printed, all of it or what is asked for', async () => {
    const all = await dumped(folder);
    expect(all).toHaveLength((await told(folder, 'stat')).events);
    const registers = await dumped(folder, '--category', 'register', '--limit', '5');
    expect(registers.map(({ stream }) => stream.slice(0, 9))).toEqual(Array(5).fill('register-'));
    const [last] = await dumped(folder, '--backwards', '--limit', '1');
    expect(last).toEqual(all.at(-1));
    const from = all[10]?.position ?? '';
    expect(await dumped(folder, '--from', from, '--limit', '2')).toEqual(all.slice(10, 12));
    const stream = all[10]?.stream ?? '';
    expect(await dumped(folder, '--stream', stream)).toEqual(
      all.filter((event) => event.stream === stream),
    );
    const users = await dumped(folder, '--type', 'identity.UserAdded', '--category', 'users');
    expect(users).toHaveLength(1);
  });

  it('is printed for whoever has had enough', async () => {
    const env = { ...process.env, LUMBUNG_DATA: folder };
    const child = spawn(process.execPath, [program(), 'log', 'dump'], { env });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect(JSON.parse(line)).toMatchObject({ revision: 0 });
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  it('is not changed meanwhile, and whoever tries is told whom to stop', async () => {
    const to = `${folder}-arsip`;
    for (const args of [['archive', '--to', to], ['compact']]) {
      const { code, stderr } = await log(folder, ...args);
      expect(code).toBe(1);
      expect(stderr).toContain(`proses ${server.child.pid}. Hentikan dulu`);
    }
  });

  it('is copied to a folder, where a second copy finds all of it', async () => {
    const to = `${folder}-salinan`;
    const { copied } = await told(folder, 'copy', '--to', to);
    expect(await told(folder, 'copy', '--to', to)).toMatchObject({ copied: 0, found: copied });
    expect(unplaced(await dumped(to))).toEqual(unplaced(await dumped(folder)));
    const { stderr } = await log(folder, 'copy', '--to', folder);
    expect(stderr).toContain('[COPY_IS_LOG]');
  });

  it('that is not there is missed in words', async () => {
    const { code, stderr } = await log(await newFolder(), 'stat');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Tidak ada catatan di .*\[LOG_MISSING\]$/m);
    expect((await log(folder, 'dump', '--stream', 'none-1')).stderr).toContain('[STREAM_UNKNOWN]');
    await end(server);
  });
});

describe('the files of a log', () => {
  it('move to an archive, and are read from there', async () => {
    const folder = await newFolder();
    const path = await aLog(folder);
    const before = await dumped(folder);
    const to = `${folder}-arsip`;
    const { moved } = await told(folder, 'archive', '--to', to, '--keep', '1');
    expect(await segmentsIn(to)).toEqual(moved.map(({ name }: { name: string }) => name));
    expect(await segmentsIn(path)).toHaveLength(2);
    expect(await dumped(folder)).toEqual(before);
    expect((await log(folder, 'stat')).stdout).toContain(`arsip di ${to}`);
    expect((await log(folder, 'archive', '--to', path)).stderr).toContain('[ARCHIVE_IS_LOG]');
    const other = await newFolder();
    await aLog(other);
    expect((await log(other, 'archive', '--to', to)).stderr).toContain('[ARCHIVE_TAKEN]');
  });

  it('are written anew without what was let go', async () => {
    const folder = await newFolder();
    await aLog(folder);
    const all = await dumped(folder);
    const { freed } = await told(folder, 'compact');
    expect(freed).toBeGreaterThan(5_000);
    const left = await dumped(folder);
    const gone = all.filter(({ stream, type }) => stream === 'a-1' && type === 'test.Happened');
    expect(left).toEqual(all.filter((event) => !gone.some((e) => e.position === event.position)));
    expect((await log(folder, 'dump', '--stream', 'a-1')).stderr).toContain('[STREAM_ENDED]');
    expect((await log(folder, 'compact')).stdout).toBe('0 bita dibebaskan.\n');
  });

  it('are told by name and byte where they are damaged', async () => {
    const folder = await newFolder();
    const path = await aLog(folder);
    const names = (await segmentsIn(path)).slice(0, 2);
    for (const name of names) {
      const bytes = await readFile(join(path, name));
      bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
      await writeFile(join(path, name), bytes);
    }
    const { code, stdout } = await log(folder, 'verify', '--json');
    expect(code).toBe(1);
    const { damaged, complete } = JSON.parse(stdout);
    expect(complete).toBe(true);
    expect(damaged.map((damage: { path: string }) => damage.path)).toEqual(
      names.map((name) => join(path, name)),
    );
    for (const { offset } of damaged) expect(Math.abs(offset - 5_000)).toBeLessThan(1_000);
    const words = await log(folder, 'verify');
    expect(words.stdout).toContain(`${damaged[0].path} rusak pada bita ${damaged[0].offset}.`);
    expect(words.stdout).toContain('dari cadangan');
    expect((await log(folder, 'dump')).stderr).toContain('[LOG_DAMAGED]');
  });

  it('are not called whole where the last one cannot be read on', async () => {
    const folder = await newFolder();
    const path = await aLog(folder);
    const last = (await segmentsIn(path)).at(-1) ?? '';
    const { segments } = await told(folder, 'stat');
    const bytes = await readFile(join(path, last));
    await writeFile(join(path, last), Buffer.concat([bytes, Buffer.from('half of an append')]));
    const { code, stdout } = await log(folder, 'verify', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).unread).toEqual({
      path: join(path, last),
      offset: segments.at(-1).bytes,
    });
  });
});
