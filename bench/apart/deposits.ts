// The same deposits in one process, and over NATS to services in processes of their own.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimpananApi } from '#lumbung/contracts';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, clientFor } from '#lumbung/transport';
import { connectNats, NatsBus } from '#lumbung/transport/nats';
import { startAll } from '../../apps/services/src/all.js';
import {
  concurrently,
  depositOf,
  type Enrolled,
  openRegency,
  populate,
  REGENCY,
} from '../regency.js';
import { quantile, report, seconds } from '../report.js';

const LOADS = [
  { clients: 1, deposits: 1_000 },
  { clients: 64, deposits: 8_000 },
  { clients: 1_024, deposits: 16_000 },
];
const COOPERATIVES = 64;

type Measured = { perSecond: number; p50_ms: number; p99_ms: number };

const measure = async (
  bus: Bus,
  enrolled: readonly Enrolled[],
  { clients, deposits }: { clients: number; deposits: number },
): Promise<Measured> => {
  const simpanan = clientFor(SimpananApi, bus);
  const latencies_ms: number[] = [];
  const turns = Array.from({ length: deposits }, (_, n) => enrolled[n % enrolled.length]);
  const took_s = await seconds(() =>
    concurrently(turns, clients, async (who) => {
      const started = performance.now();
      await simpanan.deposit(depositOf(who as Enrolled));
      latencies_ms.push(performance.now() - started);
    }),
  );
  const [p50_ms, p99_ms] = [quantile(latencies_ms, 0.5), quantile(latencies_ms, 0.99)];
  return { perSecond: deposits / took_s, p50_ms, p99_ms };
};

const measureAll = async (bus: Bus): Promise<Measured[]> => {
  const enrolled = await populate(bus, COOPERATIVES, 4);
  await measure(bus, enrolled, { clients: 64, deposits: 2_000 });
  const all: Measured[] = [];
  for (const load of LOADS) all.push(await measure(bus, enrolled, load));
  return all;
};

/** All services of a new folder, and a bus to them. */
const openSplit = async () => {
  const data = await mkdtemp(join(tmpdir(), 'lumbung-split-'));
  let nats = '';
  const hear = (line: string) => {
    nats ||= /nats:\/\/\S+/.exec(line)?.[0] ?? '';
  };
  const all = await startAll({ data, port: 0, empty: true, say: hear });
  const connection = await connectNats({ url: nats, name: `bench-${randomUUID()}` });
  const bus = new NatsBus({ connection, regency: REGENCY, ...nodePlatform });
  const close = async () => {
    bus.close();
    await connection.close();
    await all.stop();
    await rm(data, { recursive: true });
  };
  return { bus, close };
};

const one = await openRegency();
const together = await measureAll(one.bus);
await one.close();
const split = await openSplit();
const apart = await measureAll(split.bus);
await split.close();

const peer = 'in one process';
report(
  'apart-deposits',
  LOADS.flatMap(({ clients }, n) => {
    const [mine, its] = [apart[n] as Measured, together[n] as Measured];
    const name = `apart.deposits.c${clients}`;
    return [
      { name, value: mine.perSecond, unit: 'commands/s', peer, peerValue: its.perSecond },
      { name: `${name}.p50`, value: mine.p50_ms, unit: 'ms', peer, peerValue: its.p50_ms },
      { name: `${name}.p99`, value: mine.p99_ms, unit: 'ms', peer, peerValue: its.p99_ms },
    ];
  }),
  '',
);
