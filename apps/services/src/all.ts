import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { PROCESSES } from '#lumbung/hosting';
import { nodePlatform } from '#lumbung/runtime';
import { startBroker } from '#lumbung/transport/nats';
import { type Child, startChild } from './child.js';
import { opsAddresses } from './ops.js';

const COLOURS = ['cyan', 'green', 'magenta', 'yellow', 'blue'] as const;
const RESTART_MS = 500;
const ANY_PORT = 'esdb://127.0.0.1:0';

const scriptOf = (app: string) =>
  fileURLToPath(new URL(`../../${app}/src/main.js`, import.meta.url));

export type Options = {
  /** The folder of all of them. */
  data: string;
  /** Of the page and GraphQL. */
  port: number;
  /** Registers no cooperatives. */
  empty?: boolean;
  /** How many of each service; there is one gateway, where the page is. */
  instances?: number;
  /** More options of `nats-server`. */
  broker?: readonly string[];
  say: (line: string) => void;
};

type Kept = { stop: () => Promise<void> };

/** Starts a child again whenever it ends by itself. */
const keep = async (
  name: string,
  start: () => Promise<Child>,
  say: Options['say'],
): Promise<Kept & { told: string }> => {
  let isStopping = false;
  let child = await start();
  say(`berjalan sebagai proses ${child.pid}`);
  const { told } = child;
  const keeping = async () => {
    while (!isStopping) {
      const code = await child.ended;
      if (isStopping) return;
      say(`${name} berakhir (${code}); dijalankan lagi`);
      await nodePlatform.timers.sleep(RESTART_MS);
      if (isStopping) return;
      const again = await start().catch((error: Error) => say(error.message));
      if (!again) continue;
      child = again;
      say(`berjalan lagi sebagai proses ${child.pid}`);
    }
  };
  const kept = keeping();
  const stop = async () => {
    isStopping = true;
    await child.stop();
    await kept;
  };
  return { stop, told };
};

/** Each process says its lines in a colour of its own. */
const voicesOf = (say: Options['say']) => {
  let count = 0;
  return (name: string) => {
    const colour = COLOURS[count++ % COLOURS.length] ?? 'cyan';
    const prefix = styleText(colour, name.padEnd(12));
    return (line: string) => say(`${prefix} ${line}`);
  };
};

/** Starts everything in processes of its own, each when what it needs is ready. */
export const startAll = async (options: Options): Promise<{ address: string } & Kept> => {
  const data = resolve(options.data);
  const started: Kept[] = [];
  const stop = async () => {
    for (const one of started.splice(0).reverse()) await one.stop();
  };
  const voice = voicesOf(options.say);
  const program = async (
    app: string,
    name: string,
    argsAfter: (told: string | undefined) => readonly string[],
    environment: Record<string, string>,
    readyIn: (line: string) => string | undefined,
  ) => {
    const say = voice(name);
    let told: string | undefined;
    const start = async () => {
      const args = [scriptOf(app), ...argsAfter(told)];
      const child = await startChild({ name, args, environment, readyIn, say });
      told = child.told;
      return child;
    };
    const kept = await keep(name, start, say);
    started.push(kept);
    return kept.told;
  };
  try {
    const nats = await keptBroker(join(data, 'nats'), options.broker, voice('nats'));
    started.push(nats);
    const store = await program(
      'eventstore',
      'eventstore',
      // Others know it by the port that it had first.
      (told) => ['--data', join(data, 'eventstore'), '--port', new URL(told ?? ANY_PORT).port],
      {},
      (line) => /esdb:\S+/.exec(line)?.[0],
    );
    const environment = { LUMBUNG_DATA: data, NATS_URL: nats.told, EVENTSTORE_URL: store };
    const { instances = 1 } = options;
    const nextOps = opsAddresses(process.env.LUMBUNG_OPS);
    for (const app of PROCESSES) {
      for (let instance = 1; instance <= instances; instance++) {
        await program(
          app,
          instances === 1 ? app : `${app}-${instance}`,
          () => [],
          { ...environment, ...nextOps(), LUMBUNG_INSTANCE: String(instance) },
          (line) => (line === `${app} siap` ? app : undefined),
        );
      }
    }
    const address = await program(
      'gateway',
      'gateway',
      (told) => {
        const port = told === undefined ? String(options.port) : new URL(told).port;
        return ['serve', '--port', port, ...(options.empty ? ['--empty'] : [])];
      },
      { ...environment, ...nextOps() },
      (line) => /Halaman\s+(\S+)/.exec(line)?.[1],
    );
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The broker keeps its address when it is started again: others know it by that. */
const keptBroker = async (
  folder: string,
  options: readonly string[] | undefined,
  say: Options['say'],
) => {
  let port = -1;
  const { timers } = nodePlatform;
  const start = async (): Promise<Child> => {
    const { url, ...broker } = await startBroker({
      folder,
      port,
      timers,
      ...(options && { options }),
    });
    port = Number(new URL(url).port);
    say(url);
    return { ...broker, told: url, stop: () => broker.stop() };
  };
  return keep('nats', start, say);
};
