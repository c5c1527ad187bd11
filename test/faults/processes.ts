import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nodePlatform } from '#lumbung/runtime';
import { type Broker, startBroker } from '#lumbung/transport/nats';

export type Environment = Readonly<Record<string, string>>;

export type Ended = { code: number | null; said: string; took_ms: number };

export type Running = {
  child: ChildProcess;
  said: () => string;
  ended: Promise<Ended>;
  /** Resolves with the first match of what it says; rejects when it ends before. */
  says: (what: RegExp) => Promise<string>;
};

const found = spawnSync('nats-server', ['--version']).status === 0;

// Where tests must all run, a missing broker is a failure and not a gap.
const mustRun = found || process.env.CI === 'true';

export const describeWithNats = mustRun ? describe : describe.skip;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const scriptOf = (app: string, root: string): string => {
  const path = join(root, 'dist', 'apps', app, 'src', 'main.js');
  if (!existsSync(path)) throw new Error('these tests run what `npm run build` has built');
  return path;
};

const LOOK_MS = 20;

const spawned = (
  app: string,
  args: readonly string[],
  environment: Environment,
  root: string,
): Running => {
  const began_ms = performance.now();
  const child = spawn(process.execPath, [scriptOf(app, root), ...args], {
    env: { ...process.env, ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      text += bytes;
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) =>
      resolve({ code, said: text, took_ms: performance.now() - began_ms }),
    );
  });
  const says = async (what: RegExp) => {
    for (;;) {
      const match = what.exec(text)?.[0];
      if (match !== undefined) return match;
      if (child.exitCode !== null) throw new Error(`${app} ended before: ${text}`);
      await setTimeout(LOOK_MS);
    }
  };
  return { child, ended, says, said: () => text };
};

const silentServer = async () => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close };
};

/** What the tests of a file start, and a folder that goes with it. */
export const stage = () => {
  const processes: Running[] = [];
  const brokers: Broker[] = [];
  const silent: { close: () => void }[] = [];
  let folder = '';
  let folders = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-faults-'));
  });
  afterAll(async () => {
    for (const { child } of processes) child.kill('SIGKILL');
    await Promise.all(processes.map(({ ended }) => ended));
    for (const broker of brokers) await broker.stop('SIGKILL');
    for (const { close } of silent) close();
    await rm(folder, { recursive: true, force: true });
  });

  const newFolder = () => join(folder, String(folders++));

  return {
    newFolder,
    /** Starts a built app in a process and a data folder of its own. */
    start: (
      app: string,
      args: readonly string[],
      environment: Environment,
      root = ROOT,
    ): Running => {
      const given = { LUMBUNG_DATA: newFolder(), LUMBUNG_LOG: 'warn', PORT: '0', ...environment };
      const running = spawned(app, args, given, root);
      processes.push(running);
      return running;
    },
    /** A port that accepts whoever comes, and never says anything. */
    silence: async (): Promise<number> => {
      const server = await silentServer();
      silent.push(server);
      return server.port;
    },
    /** A broker on a free port, with more options of `nats-server`. */
    broker: async (...options: string[]): Promise<Broker> => {
      const { timers } = nodePlatform;
      const started = await startBroker({ folder: newFolder(), timers, options });
      brokers.push(started);
      return started;
    },
  };
};
