import fc from 'fast-check';
import type { EventStore } from '#lumbung/event-store';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import {
  CoinsLent,
  CoinsTold,
  emptyLog,
  holdings,
  holdingsOf,
  inSmallBatches,
  loans,
  tellingOf,
  write,
} from '../testing/coin-log.js';
import { CoinsPut } from '../testing/jar.js';
import { type Cut, cutAt } from '../testing/read-stores.js';
import { readerOf, sourceOf } from '../testing/reading.js';
import { Building } from './building.js';

const told = holdingsOf(CoinsTold, { name: 'told' });
const PROJECTIONS = [holdings, loans, told];

/** One service reads what is stored, another what is public. */
const sourcesOf = (readStore: ReadStore) => [
  sourceOf(readStore, [holdings, loans]),
  sourceOf(readStore, [told], [tellingOf(CoinsPut), tellingOf(CoinsLent)]),
];

type Step = { jar: string; lent: boolean };
type Life = { portions: Step[][]; batchSize: number; rebuiltAfter: number };

/** Coins count up, so that each is another. */
const writeAll = async (log: EventStore, steps: readonly Step[], from: number) => {
  for (const [index, { jar, lent }] of steps.entries()) {
    await write(log, [from + index], { stream: jar }, lent ? CoinsLent : CoinsPut);
  }
};

/** All documents that are served, and those that a build before the serving one has left. */
const found = async (readStore: ReadStore, reader: ReturnType<typeof readerOf>) => {
  const query = { index: 'jar', limit: 1000 };
  const documents = [];
  const left = [];
  for (const projection of PROJECTIONS) {
    const { source, build } = reader.runner.servingBuild(projection) as Building;
    const { collection } = new Building(source, projection, build - 1);
    documents.push(await reader.models.query(projection, query));
    left.push(...(await readStore.query(collection, query)));
  }
  return { documents, left };
};

/** Lives through the portions while the power may go once, and starts again at the end. */
const live = async ({ portions, batchSize, rebuiltAfter }: Life, nth: number, cut: Cut) => {
  const log = inSmallBatches(emptyLog(), batchSize);
  const readStore = memoryReadStore();
  const cutting = cutAt(readStore, nth, cut);
  let reader = readerOf(log, sourcesOf(cutting.store));
  const restart = async () => {
    await reader.stop();
    reader = readerOf(log, sourcesOf(readStore));
    await reader.start();
    await reader.caughtUp();
  };
  const survive = async (work: () => Promise<unknown>) => {
    try {
      await Promise.race([work(), reader.failed]);
    } catch (error) {
      if (!cutting.wasCut()) throw error;
      await restart();
    }
  };
  let written = 0;
  await survive(() => reader.start());
  for (const [index, portion] of portions.entries()) {
    await writeAll(log, portion, written);
    written += portion.length;
    await survive(() => reader.caughtUp());
    if (index === rebuiltAfter) await survive(() => reader.runner.rebuild());
  }
  await restart();
  const end = await found(readStore, reader);
  await reader.stop();
  return { ...end, wasCut: cutting.wasCut() };
};

const NEVER = -1;

const step = fc.record({ jar: fc.constantFrom('jar-a', 'jar-b', 'jar-c'), lent: fc.boolean() });
const life: fc.Arbitrary<Life> = fc.record({
  portions: fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
    minLength: 2,
    maxLength: 4,
  }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  rebuiltAfter: fc.nat(2),
});

describe('read documents', () => {
  for (const cut of ['before', 'midway', 'after'] as const) {
    it(`are as if nothing had happened, whichever write was cut (${cut})`, async () => {
      let cuts = 0;
      await fc.assert(
        fc.asyncProperty(life, async (lived) => {
          const undisturbed = await live(lived, NEVER, cut);
          expect(undisturbed.documents.flat()).not.toEqual([]);
          for (let nth = 0; ; nth++) {
            const { documents, left, wasCut } = await live(lived, nth, cut);
            if (!wasCut) break;
            cuts += 1;
            expect(documents).toEqual(undisturbed.documents);
            expect(left).toEqual([]);
          }
        }),
        { numRuns: 12 },
      );
      expect(cuts).toBeGreaterThan(60);
    });
  }
});
