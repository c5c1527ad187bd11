import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timers } from '#lumbung/kernel';
import { BrokerUnavailable } from './unavailable.js';

const STARTS_MS = 10_000;
const LOOK_MS = 20;
// Until it gives up somebody who does not read, a broker keeps those waiting who speak to him.
const CONFIG = 'write_deadline: "1s"\n';

export type BrokerOptions = {
  /** Where JetStream keeps what it must not lose. */
  folder: string;
  /** Any that is free when absent. */
  port?: number;
  timers: Timers;
  /** More options of `nats-server`. */
  options?: readonly string[];
};

export type Broker = {
  url: string;
  pid: number;
  /** Resolves with its exit code when it has ended, for whichever reason. */
  ended: Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** The broker writes where it listens into a file of the folder that it is given for that. */
const addressIn = async (folder: string): Promise<string | undefined> => {
  const [name] = await readdir(folder);
  const text = name === undefined ? '' : await readFile(join(folder, name), 'utf8');
  if (text === '') return;
  const { nats } = JSON.parse(text) as { nats?: string[] };
  return nats?.[0];
};

const missing = (cause: unknown) => {
  const sentence =
    'nats-server tidak ada di komputer ini. Pasang dahulu, misalnya: apt-get install nats-server.';
  return new BrokerUnavailable('NATS_UNREACHABLE', { sentence, cause });
};

/**
 * Starts a `nats-server` from the path, on 127.0.0.1 and with JetStream. Throws
 * `BrokerUnavailable` when there is none, or it does not start.
 */
export const startBroker = async (given: BrokerOptions): Promise<Broker> => {
  const { folder, port = -1, timers, options = [] } = given;
  const start = await mkdtemp(join(tmpdir(), 'lumbung-nats-'));
  const [ports, config] = [join(start, 'ports'), join(start, 'nats.conf')];
  await mkdir(ports);
  await writeFile(config, CONFIG);
  const where = ['--addr', '127.0.0.1', '--port', String(port), '--ports_file_dir', ports];
  const kept = ['--config', config, '--jetstream', '--store_dir', folder];
  const child = spawn('nats-server', [...where, ...kept, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C is for whoever started it, who stops it when nobody needs it any more.
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = `${said}${bytes}`.slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    await once(child, 'spawn').catch((error) => {
      throw missing(error);
    });
    for (let waited_ms = 0; waited_ms < STARTS_MS; waited_ms += LOOK_MS) {
      const url = await addressIn(ports);
      if (url) {
        const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
          child.kill(signal);
          await ended;
        };
        return { url, pid: child.pid as number, ended, stop };
      }
      if (child.exitCode !== null) break;
      await timers.sleep(LOOK_MS);
    }
    child.kill('SIGKILL');
    const [reason = ''] = said.split('\n').filter((line) => /\[(ERR|FTL)\]/.test(line));
    const sentence = `nats-server tidak dapat dijalankan: ${reason.replace(/^.*\] /, '')}`;
    throw new BrokerUnavailable('NATS_UNREACHABLE', { sentence });
  } finally {
    await rm(start, { recursive: true, force: true });
  }
};
