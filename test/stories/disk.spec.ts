import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { end, run, type Server, stage } from './lumbung.js';
import { nameOf, nikOf, PARE } from './villagers.js';

const { newFolder, serve } = stage();

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });

/** Whether this machine lets a test have a small disk of its own: only its root may mount one. */
const mayMount = (): boolean => {
  const probe = `/tmp/lumbung-mount-${process.pid}`;
  try {
    mkdirSync(probe);
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe);
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
};

const describeOnADisk = mayMount() ? describe : describe.skip;

/** Takes all of a disk but some bytes. */
const fill = (disk: string, file: string, left: number) => {
  const { bfree, bsize } = statfsSync(disk);
  writeFileSync(join(disk, file), Buffer.alloc(Math.max(0, bfree * bsize - left)));
};

const candidate = (index: number) => ({
  ...{ cooperative: PARE, nik: nikOf(index), name: nameOf(index), sex: 'L' },
  ...{ birthDate: '1985-01-01', address: 'Dusun Krajan', ktpVillage: PARE, joinedOn: '2025-08-01' },
});

const admitted = async ({ ask }: Server): Promise<number> => {
  const query = `{ cooperative(code: "${PARE}") { members(first: 1) { totalCount } } }`;
  const { cooperative } = await ask<{ cooperative: { members: { totalCount: number } } }>(query);
  return cooperative.members.totalCount;
};

describeOnADisk('a disk (skipped where a test may not mount one)', () => {
  let folder: string;
  let disk: string;

  beforeAll(async () => {
    folder = await newFolder();
    disk = dirname(folder);
    mount('-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk);
  });

  afterAll(() => {
    execFileSync('umount', ['-l', disk]);
  });

  it('that is full stops the server in words, and nothing acknowledged is lost', async () => {
    const server = await serve(folder, ['--empty']);
    await server.send('registerCooperative', { cooperative: PARE });
    fill(disk, 'filler', 300_000);
    const admitAll = async (index = 0): Promise<number> => {
      const answered = await server.send('admitMember', candidate(index)).catch(() => undefined);
      return answered ? admitAll(index + 1) : index;
    };
    const acknowledged = await admitAll();
    const { code, stderr } = await server.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Cakram penuh');
    expect(acknowledged).toBeGreaterThan(0);

    fill(disk, 'last', 0);
    const again = await run(folder, 'serve', '--empty', '--port', '0');
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('[ENOSPC]');

    for (const file of ['filler', 'last']) rmSync(join(disk, file));
    const restarted = await serve(folder, ['--empty']);
    expect(await admitted(restarted)).toBeGreaterThanOrEqual(acknowledged);
    await end(restarted);
  });

  it('that can only be read is refused in words', async () => {
    mount('-o', 'remount,ro', disk);
    try {
      const { code, stderr } = await run(folder, 'serve', '--port', '0');
      expect(code).toBe(1);
      expect(stderr).toContain('[EROFS]');
    } finally {
      mount('-o', 'remount,rw', disk);
    }
  });
});
