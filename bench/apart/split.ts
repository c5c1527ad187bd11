// All services of a new folder in processes of their own, and what they spend.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCalls } from '#lumbung/hosting';
import { nodePlatform } from '#lumbung/runtime';
import { connectNats, NatsBus } from '#lumbung/transport/nats';
import { startAll } from '../../apps/services/src/all.js';
import { REGENCY } from '../regency.js';

// Of /proc/PID/stat, on every Linux that Node runs on.
const TICKS_PER_SECOND = 100;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Seconds that a process has computed, in its own code and in the system's. */
const computed_s = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number) as [number, number];
  return (user + system) / TICKS_PER_SECOND;
};

export type Spent = { cpu_s: number; messages: number };

export const openSplit = async (instances: number) => {
  const data = await mkdtemp(join(tmpdir(), 'lumbung-split-'));
  const monitor = await freePort();
  let nats = '';
  const pids: number[] = [];
  const hear = (line: string) => {
    nats ||= /nats:\/\/\S+/.exec(line)?.[0] ?? '';
    const [, pid] = /sebagai proses (\d+)/.exec(line) ?? [];
    if (pid) pids.push(Number(pid));
  };
  const broker = ['--http_port', String(monitor)];
  const all = await startAll({ data, port: 0, empty: true, instances, broker, say: hear });
  const connection = await connectNats({ url: nats, name: `bench-${randomUUID()}` });
  const given = { connection, regency: REGENCY, ...nodePlatform };
  const calls = openCalls(given);
  const anyone = new NatsBus(given);
  const close = async () => {
    calls.close();
    anyone.close();
    await connection.close();
    await all.stop();
    await rm(data, { recursive: true });
  };
  /** Since they began: the processor's time of all but this one, and the broker's messages. */
  const spent = async (): Promise<Spent> => {
    const times = await Promise.all(pids.map(computed_s));
    const answer = await fetch(`http://127.0.0.1:${monitor}/varz`);
    const { in_msgs } = (await answer.json()) as { in_msgs: number };
    return { cpu_s: times.reduce((sum, time) => sum + time, 0), messages: in_msgs };
  };
  return { bus: calls.bus, anyone, spent, close };
};
