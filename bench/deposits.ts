// Durable deposits in one process: from the face, over the queue and the rules, to the synced log.
import { SimpananApi } from '#lumbung/contracts';
import { clientFor } from '#lumbung/transport';
import { concurrently, depositOf, type Enrolled, openRegency, populate } from './regency.js';
import { quantile, report, seconds } from './report.js';

const WRITERS = 64;
const DEPOSITS = 30_000;
const WARM_UP = 4_000;

const { bus, close } = await openRegency();
const simpanan = clientFor(SimpananApi, bus);

const measure = async (enrolled: readonly Enrolled[], deposits: number) => {
  const latencies_ms: number[] = [];
  const turns = Array.from(
    { length: deposits },
    (_, index) => enrolled[index % enrolled.length] as Enrolled,
  );
  const took_s = await seconds(() =>
    concurrently(turns, WRITERS, async (who) => {
      const started = performance.now();
      await simpanan.deposit(depositOf(who));
      latencies_ms.push(performance.now() - started);
    }),
  );
  return { perSecond: deposits / took_s, p99_ms: quantile(latencies_ms, 0.99) };
};

const enrolled = await populate(bus, WRITERS, 4);
const [{ cooperative }] = enrolled as [Enrolled];
const inOne = enrolled.filter((who) => who.cooperative === cooperative);
await measure(enrolled, WARM_UP);
const many = await measure(enrolled, DEPOSITS);
const one = await measure(inOne, DEPOSITS);
await close();

const MANY = 'durable deposits, 64 at once over 64 cooperatives';
const ONE = 'durable deposits, 64 at once in one cooperative';
const floor = { peer: 'the floor of 3,000/s', peerValue: 3_000 };
report('deposits', [
  {
    name: MANY,
    value: many.perSecond,
    unit: 'commands/s',
    ...floor,
  },
  { name: `${MANY}: 99th percentile`, value: many.p99_ms, unit: 'ms' },
  {
    name: ONE,
    value: one.perSecond,
    unit: 'commands/s',
    ...floor,
  },
  { name: `${ONE}: 99th percentile`, value: one.p99_ms, unit: 'ms' },
]);
