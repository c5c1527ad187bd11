import { FaultyDisk, type Files, flipped } from './testing/faulty-disk.js';
import {
  collect,
  machine,
  nothingYet,
  openOn,
  STREAMS,
  type Truth,
  TURNS,
  takeTurns,
  truths,
} from './testing/workload.js';

const isAll = process.env.FAULTS === 'all';
const STEP = isAll ? 1 : 17;
const TIME_MS = isAll ? 3_600_000 : 120_000;

/** What a whole log reads as, at each of its commits. */
let all: Truth[];
let closed: Files;
let crashed: Files;

beforeAll(async () => {
  all = await truths();
  const disk = new FaultyDisk();
  const store = await openOn(disk, machine());
  await takeTurns(store, TURNS, nothingYet());
  crashed = disk.left('synced');
  await store.close();
  closed = disk.left('synced');
});

/** Reads as far as it can be read. */
const readUntilFlaw = async (batches: AsyncIterable<never[]>) => {
  const read: string[] = [];
  let flaw: Error | undefined;
  try {
    for await (const batch of batches) {
      read.push(...(await collect([batch] as never)));
    }
  } catch (error) {
    flaw = error as Error;
  }
  return { read, flaw };
};

const expectNamed = (error: Error, name: string) => {
  expect(error.name).toBe('StoreUnavailable');
  expect(error.message).toMatch(new RegExp(`/${name} is damaged at byte \\d+: restore`));
};

/** What a log with a flaw shows is true as far as it goes; answers how often it met it. */
const expectTrue = async (files: Files, name: string, least: number): Promise<string> => {
  let torn = 0;
  const store = await openOn(new FaultyDisk(files), machine(), (bytes) => {
    torn += bytes;
  }).catch((error) => error);
  if (store instanceof Error) {
    expectNamed(store, name);
    return 'refused';
  }
  const whole = all.at(-1) as Truth;
  const forwards = await readUntilFlaw(store.readAll({ system: true }));
  expect(forwards.read).toEqual(whole.log.slice(0, forwards.read.length));
  let truth: Truth | undefined = whole;
  if (!forwards.flaw) {
    truth = all.find(({ log }, commits) => commits >= least && log.length === forwards.read.length);
    expect(truth).toBeDefined();
    // What is cut off is told.
    if (truth !== whole) expect(torn).toBeGreaterThan(0);
  }
  const options = { direction: 'backwards', system: true } as const;
  const backwards = await readUntilFlaw(store.readAll(options));
  const reversed = [...(truth?.log ?? [])].reverse();
  expect(backwards.read).toEqual(reversed.slice(0, backwards.read.length));
  let flaws = [forwards.flaw, backwards.flaw];
  for (const stream of STREAMS) {
    const { read, flaw } = await readUntilFlaw(store.readStream(stream, { mustExist: true }));
    const shown = truth?.streams[stream] ?? [];
    if (flaw && flaw.name === shown) continue;
    expect(read).toEqual(flaw ? shown.slice(0, read.length) : shown);
    flaws = [...flaws, flaw];
  }
  await store.close();
  const met = flaws.filter((flaw) => flaw !== undefined);
  for (const flaw of met) expectNamed(flaw, name);
  // Whoever reads all of the log meets what whoever reads a stream does.
  if (met.length > 0) expect(forwards.flaw && backwards.flaw).toBeDefined();
  return met.length > 0 ? 'found' : truth === whole ? 'harmless' : 'cut';
};

/** Turns bits of a file, one at a time, and counts what comes of it. */
const flips = async (files: Files, name: string, least: number) => {
  const counts: Record<string, number> = {};
  const { length = 0 } = files.get(name) ?? [];
  for (let byte = 0; byte < length; byte += STEP) {
    const bits = isAll ? [0, 1, 2, 3, 4, 5, 6, 7] : [(3 * byte) % 8];
    for (const bit of bits) {
      const came = await expectTrue(flipped(files, name, byte, bit), name, least).catch((cause) => {
        throw new Error(`${name}, byte ${byte}, bit ${bit}: ${cause.message}`, { cause });
      });
      counts[came] = (counts[came] ?? 0) + 1;
    }
  }
  return counts;
};

const namesOf = (files: Files, ending: string) =>
  [...files.keys()].filter((name) => name.endsWith(ending)).sort();

describe('one wrong bit in a log', () => {
  const whole = () => all.length - 1;

  it(
    'that was closed is refused, or found by whoever reads it, in any segment',
    async () => {
      const names = namesOf(closed, '.seg');
      for (const name of names) {
        const counts = await flips(closed, name, whole());
        expect(counts.cut).toBeUndefined();
        const isSealed = name !== names.at(-1);
        expect(counts[isSealed ? 'found' : 'refused']).toBeGreaterThan(100);
        if (isSealed) expect(counts.harmless).toBeUndefined();
      }
    },
    TIME_MS,
  );

  it(
    'in what can be made again from the segments is made good',
    async () => {
      for (const name of namesOf(closed, '.idx')) {
        const counts = await flips(closed, name, whole());
        expect(Object.keys(counts)).toEqual(['harmless']);
      }
    },
    TIME_MS,
  );

  it(
    'that was cut off by a crash costs no more than what was written last',
    async () => {
      const name = namesOf(crashed, '.seg').at(-1) as string;
      const counts = await flips(crashed, name, whole() - 1);
      expect(counts.refused).toBeGreaterThan(100);
      expect(counts.found).toBeUndefined();
      expect(counts.cut).toBeGreaterThan(10);
    },
    TIME_MS,
  );
});
