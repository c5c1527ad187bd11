import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, startBroker } from '../nats/index.js';
import { nodeClock } from './clock.js';

const found = spawnSync('nats-server', ['--version']).status === 0;

// Where tests must all run, a missing broker is a failure and not a gap.
const mustRun = found || process.env.CI === 'true';

/** What asks for a `nats-server`; skipped, and counted so, where none is installed. */
export const describeWithNats = mustRun ? describe : describe.skip;

/** A broker for the tests of one file, with a store that goes with it. */
export const brokerForTests = () => {
  const brokers: Broker[] = [];
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-broker-'));
  });
  afterAll(async () => {
    for (const broker of brokers) await broker.stop('SIGKILL');
    await rm(folder, { recursive: true });
  });
  /** Starts one, with the same store again where the name is the same. */
  return async (name = 'one', options: { port?: number; options?: string[] } = {}) => {
    const broker = await startBroker({ folder: join(folder, name), ...nodeClock, ...options });
    brokers.push(broker);
    return broker;
  };
};
