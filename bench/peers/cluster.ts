import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
/** Of a tick of the clock by which the kernel accounts for processes. */
const TICK_US = 10_000;

const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  listen_addresses: '',
  max_connections: '100',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
};

const newestPrograms = (): string => {
  try {
    const [newest] = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
    if (newest) return join(DEBIAN, newest, 'bin');
  } catch {
    // No folder, no PostgreSQL.
  }
  throw new Error('PostgreSQL is not installed: apt-get install -y postgresql');
};

/** It refuses to run as root, who then lends it the user that Debian made for it. */
const unprivileged = async () => {
  if (userInfo().uid !== 0) return {};
  const idOf = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
};
type User = Awaited<ReturnType<typeof unprivileged>>;

const succeeds = (program: string, given: string[], user: User): Promise<boolean> =>
  run(program, given, { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );

const giveTo = async ({ uid, gid }: User, path: string) => {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
};

/** The data in a folder that the user can reach, beside the other stores if that can be. */
const dataFolder = async (folder: string, user: User): Promise<string> => {
  await chmod(dirname(folder), 0o711);
  await chmod(folder, 0o711);
  const isReached = await succeeds('test', ['-x', folder], user);
  const parent = isReached ? folder : await mkdtemp('/var/tmp/lumbung-peer-');
  await chmod(parent, 0o711);
  const data = join(parent, 'data');
  await mkdir(data, { mode: 0o700 });
  await giveTo(user, data);
  return data;
};

/** Microseconds of processor time of a process and of the children that it has buried. */
const used_us = (pid: string): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_US, 0);
};

const childrenOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);

export type Cluster = { connectionString: string; cpu_us(): number; stop(): Promise<void> };

/** A PostgreSQL of its own, that syncs as it does by default, on a socket that only we know. */
export const startCluster = async (folder: string): Promise<Cluster> => {
  const programs = newestPrograms();
  const user = await unprivileged();
  const data = await dataFolder(folder, user);
  // The path of a socket is 107 bytes long at most.
  const sockets = await mkdtemp(join(tmpdir(), 'lumbung-pg-'));
  await giveTo(user, sockets);
  const as = ['--username', 'bench', '--auth', 'trust', '--encoding', 'UTF8', '--no-locale'];
  await run(join(programs, 'initdb'), ['-D', data, ...as], { ...user, cwd: '/' });
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-k', sockets, ...settings], {
    ...{ ...user, cwd: '/', stdio: 'ignore' },
  });
  const ended = once(server, 'exit');
  const end = () => server.kill('SIGINT');
  process.once('exit', end);
  const pid = server.pid ?? 0;
  const isReady = join(programs, 'pg_isready');
  for (let tries = 0; !(await succeeds(isReady, ['-h', sockets], {})); tries++) {
    if (tries === 100 || server.exitCode !== null) throw new Error('PostgreSQL does not start');
    await setTimeout(100);
  }
  return {
    connectionString: `postgresql://bench@localhost/postgres?host=${encodeURIComponent(sockets)}`,
    cpu_us: () => [`${pid}`, ...childrenOf(pid)].reduce((sum, one) => sum + used_us(one), 0),
    async stop() {
      process.off('exit', end);
      end();
      await ended;
      const parent = dirname(data);
      for (const path of parent === folder ? [data, sockets] : [parent, sockets]) {
        rmSync(path, { recursive: true });
      }
    },
  };
};
