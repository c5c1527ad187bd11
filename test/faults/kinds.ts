import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Disk } from './disk.js';
import { CLIENTS, type Load } from './load.js';
import { namesOf, PARTS, type Part, type Regency, SERVICES, until } from './regency.js';
import { Echo, slowConsumer } from './wire.js';

const STOPPED_MS = 3_000;
const ECHOES_MS = 2_000;
const BEHIND = 'CLOCK_BEHIND_LOG';
const HOUR_MS = 3_600_000;
const ROOM_LEFT = 100_000;
const FULL_MS = 20_000;

export type Stage = {
  regency: Regency;
  load: Load;
  disks: { log: Disk; read: Disk } | undefined;
  below: (count: number) => number;
};

/** Does harm in the midst of work, and resolves when its cause is gone. */
type Fault = (stage: Stage) => Promise<void>;

export type Kind = { name: string; fault: Fault };

const oneOf = <T>(below: Stage['below'], from: readonly T[]): T => from[below(from.length)] as T;

const killed =
  (part: Part): Fault =>
  ({ regency, below }) =>
    regency.kill(oneOf(below, namesOf(part)));

const allKilled: Fault = ({ regency, below }) => regency.kill(...namesOf(oneOf(below, SERVICES)));

const stopped =
  (part: Part): Fault =>
  async ({ regency, below }) => {
    const pid = regency.pidOf(oneOf(below, namesOf(part)));
    process.kill(pid, 'SIGSTOP');
    try {
      await setTimeout(STOPPED_MS);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  };

const diskLost: Fault = async ({ regency }) => {
  const pid = regency.pidOf('nats');
  process.kill(pid, 'SIGKILL');
  await rm(join(regency.folder, 'nats'), { recursive: true, force: true });
  await regency.again(['nats'], [pid]);
};

const echoed =
  (subject: string): Fault =>
  async ({ regency, below }) => {
    const echo = await Echo.of(regency.natsUrl, subject, below);
    await setTimeout(ECHOES_MS);
    await echo.close();
    expect(echo.count).toBeGreaterThan(0);
  };

const neverReads: Fault = ({ regency }) => slowConsumer(regency.natsUrl, 'lumbung.3506.>');

/** Its log has no room: it ends, and again and again until there is some. */
const logFull: Fault = async ({ regency, disks }) => {
  const before = regency.endings();
  disks?.log.fill(ROOM_LEFT);
  try {
    await until('the log has no room', () => regency.endings() > before);
  } finally {
    disks?.log.empty();
  }
};

/**
 * What it read is gone, and there is no room to read it again. Whoever is back before it is gone
 * has it open, and goes on in what room it has there: it is killed once more.
 */
const readFull: Fault = async ({ regency, disks, below }) => {
  const name = oneOf(below, namesOf(oneOf(below, SERVICES)));
  const folder = join(regency.folder, 'read', name.replace(/-1$/, ''));
  let pid = 0;
  const loseIt = async () => {
    pid = regency.pidOf(name);
    const before = regency.endings();
    process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
    disks?.read.fill(0);
    await until('what is read has no room', () => regency.endings() > before + 1, FULL_MS);
  };
  try {
    await loseIt().catch(loseIt).catch(loseIt);
  } finally {
    disks?.read.empty();
  }
  await regency.again([name], [pid]);
};

/** Nothing is decided by a clock that is behind; what is recorded tells that it is. */
const behind: Fault = async ({ regency, load }) => {
  const before = load.refused(BEHIND);
  await regency.setClocks({ ledger: -HOUR_MS }, ['ledger']);
  await until('a clock behind refuses', () => load.refused(BEHIND) > before);
  await regency.setClocks({}, ['ledger']);
};

/** What an hour that is not there yet has decided stands, and waits for that hour. */
const ahead: Fault = async ({ regency, load }) => {
  await regency.setClocks({ ledger: HOUR_MS }, ['ledger']);
  // An admission is no fact of the ledger's.
  const deposits = load.deposited;
  await until('deposits are recorded ahead', () => load.deposited > deposits + CLIENTS);
  await regency.setClocks({}, ['ledger']);
  const before = load.refused(BEHIND);
  await until('a clock put right refuses', () => load.refused(BEHIND) > before).catch((error) => {
    throw new Error(`${error.message}: ${JSON.stringify([...load.codes])}\n${regency.lastLines()}`);
  });
  const all = ['membership', 'ledger', 'reporting', 'gateway'] as const;
  await regency.setClocks(Object.fromEntries(all.map((part) => [part, HOUR_MS])), all);
};

const DISKS: Kind[] = [
  { name: 'no room for the log', fault: logFull },
  { name: 'no room for what is read', fault: readFull },
];

/** After it the clock of the machine has to be an hour further: nothing can come behind it. */
export const LAST: Kind = { name: 'a clock an hour ahead', fault: ahead };

export const kindsOn = ({ disks }: Pick<Stage, 'disks'>): Kind[] => [
  ...PARTS.map((part) => ({ name: `${part} killed`, fault: killed(part) })),
  { name: 'both of a service killed', fault: allKilled },
  ...PARTS.map((part) => ({ name: `${part} stopped`, fault: stopped(part) })),
  { name: 'a broker without its disk', fault: diskLost },
  { name: 'calls echoed', fault: echoed('lumbung.3506.>') },
  { name: 'the feed echoed', fault: echoed('feed.3506.*') },
  { name: 'who never reads', fault: neverReads },
  { name: 'a clock an hour behind', fault: behind },
  ...(disks ? DISKS : []),
];
