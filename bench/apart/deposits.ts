// The same deposits in one process, and over NATS to one and to two instances of each service,
// whose commands go to any of them, or to the owner of their cooperative.
import { SimpananApi } from '#lumbung/contracts';
import { type Bus, clientFor } from '#lumbung/transport';
import { concurrently, depositOf, type Enrolled, openRegency, populate } from '../regency.js';
import { quantile, report, seconds } from '../report.js';
import { openSplit, type Spent } from './split.js';

type Load = { name: string; clients: number; deposits: number; cooperatives: number };
type Measured = {
  perSecond: number;
  p50_ms: number;
  p99_ms: number;
  cpu_us: number;
  messages: number;
};
type Spending = () => Promise<Spent>;

const COOPERATIVES = 64;
const LOADS: Load[] = [
  { name: 'c1', clients: 1, deposits: 1_000, cooperatives: COOPERATIVES },
  { name: 'c64', clients: 64, deposits: 8_000, cooperatives: COOPERATIVES },
  { name: 'c1024', clients: 1_024, deposits: 16_000, cooperatives: COOPERATIVES },
  { name: 'c1.one', clients: 1, deposits: 500, cooperatives: 1 },
  { name: 'c64.one', clients: 64, deposits: 4_000, cooperatives: 1 },
  { name: 'c1024.one', clients: 1_024, deposits: 8_000, cooperatives: 1 },
];

const MICROSECONDS = 1_000_000;

const ownProcess: Spending = async () => {
  const { user, system } = process.cpuUsage();
  return { cpu_s: (user + system) / MICROSECONDS, messages: 0 };
};

const measure = async (
  bus: Bus,
  enrolled: readonly Enrolled[],
  { clients, deposits, cooperatives }: Load,
  spending: Spending,
): Promise<Measured> => {
  const simpanan = clientFor(SimpananApi, bus);
  const codes = [...new Set(enrolled.map(({ cooperative }) => cooperative))].slice(0, cooperatives);
  const members = enrolled.filter(({ cooperative }) => codes.includes(cooperative));
  const latencies_ms: number[] = [];
  const turns = Array.from({ length: deposits }, (_, n) => members[n % members.length]);
  const before = await spending();
  const took_s = await seconds(() =>
    concurrently(turns, clients, async (who) => {
      const started = performance.now();
      await simpanan.deposit(depositOf(who as Enrolled));
      latencies_ms.push(performance.now() - started);
    }),
  );
  const after = await spending();
  return {
    perSecond: deposits / took_s,
    p50_ms: quantile(latencies_ms, 0.5),
    p99_ms: quantile(latencies_ms, 0.99),
    cpu_us: ((after.cpu_s - before.cpu_s) * MICROSECONDS) / deposits,
    messages: (after.messages - before.messages) / deposits,
  };
};

const measureAll = async (
  bus: Bus,
  enrolled: readonly Enrolled[],
  spending: Spending,
): Promise<Measured[]> => {
  const [, warmUp] = LOADS as [Load, Load];
  await measure(bus, enrolled, { ...warmUp, deposits: 2_000 }, spending);
  const all: Measured[] = [];
  for (const load of LOADS) all.push(await measure(bus, enrolled, load, spending));
  return all;
};

const inOneProcess = async (): Promise<Measured[]> => {
  const one = await openRegency();
  const enrolled = await populate(one.bus, COOPERATIVES, 4);
  const measured = await measureAll(one.bus, enrolled, ownProcess);
  await one.close();
  return measured;
};

const apart = async (instances: number, route: 'bus' | 'anyone'): Promise<Measured[]> => {
  const split = await openSplit(instances);
  const enrolled = await populate(split.bus, COOPERATIVES, 4);
  const measured = await measureAll(split[route], enrolled, split.spent);
  await split.close();
  return measured;
};

const together = await inOneProcess();
const one = await apart(1, 'bus');
const owned = await apart(2, 'bus');
const anyone = await apart(2, 'anyone');

const rowsOf = (name: string, mine: readonly Measured[], peer: string, its: readonly Measured[]) =>
  LOADS.flatMap((load, n) => {
    const [here, there] = [mine[n] as Measured, its[n] as Measured];
    const of = (part: string, unit: string, value: number, peerValue: number) => ({
      ...{ name: `apart.${name}.${load.name}${part}`, value, unit, peer, peerValue },
    });
    return [
      of('', 'commands/s', here.perSecond, there.perSecond),
      of('.p50', 'ms', here.p50_ms, there.p50_ms),
      of('.p99', 'ms', here.p99_ms, there.p99_ms),
      of('.cpu', 'µs/command', here.cpu_us, there.cpu_us),
      of('.messages', 'messages/command', here.messages, there.messages),
    ];
  });

report(
  'apart-deposits',
  [
    ...rowsOf('deposits', one, 'in one process', together),
    ...rowsOf('two-instances', owned, 'one instance of each', one),
    ...rowsOf('two-instances-any', anyone, 'to the owner of the cooperative', owned),
  ],
  '',
);
