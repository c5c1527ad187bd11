import { type Bounds, expectWhole } from './testing/check.js';
import { type Call, FaultyDisk, type Files, type Leaving, written } from './testing/faulty-disk.js';
import {
  FIRST_TURNS,
  machine,
  nothingYet,
  openOn,
  type Truth,
  TURNS,
  takeTurns,
  truths,
} from './testing/workload.js';

const isAll = process.env.FAULTS === 'all';
// Every byte of every append takes minutes.
const TIME_MS = isAll ? 3_600_000 : 120_000;

const LEAVINGS: Leaving[] = ['synced', 'names', 'all'];

/** The state of things just before a call: what is left by each kind of cut, and what must be. */
type Moment = { call: Call; left: Record<Leaving, Files>; bounds: Bounds; seen: number };

const leftOf = (disk: FaultyDisk) =>
  Object.fromEntries(LEAVINGS.map((leaving) => [leaving, disk.left(leaving)])) as Moment['left'];

/** All moments of a life of two sessions. */
const moments = async (): Promise<Moment[]> => {
  const all: Moment[] = [];
  const progress = nothingYet();
  const before = (call: Call) => {
    const { answered: least, accepted: most, seen } = progress;
    all.push({ call, left: leftOf(disk), bounds: { least, most }, seen });
    return undefined;
  };
  const on = machine();
  let disk = new FaultyDisk(new Map(), before);
  for (const turns of [TURNS.slice(0, FIRST_TURNS), TURNS.slice(FIRST_TURNS)]) {
    const store = await openOn(disk, on);
    await takeTurns(store, turns, progress);
    await store.close();
    disk = new FaultyDisk(disk.left('synced'), before);
  }
  expect(progress).toMatchObject({ answered: TURNS.flat().length, failures: [] });
  return all;
};

const nameOf = ({ path }: Call) => path.slice(path.lastIndexOf('/') + 1);

/** What is left when of the write under way only this arrived. */
const withWrite = (files: Files, call: Call, bytes: Uint8Array, at: number): Files => {
  const name = nameOf(call);
  const under = files.get(name);
  return under ? new Map([...files, [name, written(under, bytes, at)]]) : files;
};

/** Of the pages that a write touches, each of these sets; all sets when there are few. */
const setsOfPages = (count: number): number[][] => {
  const each = Array.from({ length: count }, (_, page) => page);
  if (count <= 5) {
    return Array.from({ length: 2 ** count }, (_, set) => each.filter((page) => set & (1 << page)));
  }
  const some = each.filter((page) => isAll || page % 5 === 0 || page === count - 1);
  return some.flatMap((page) => [[page], each.filter((other) => other !== page)]);
};

const tornByPages = (files: Files, call: Call, size: number): Files[] => {
  const { bytes = new Uint8Array(), at = 0 } = call;
  const first = Math.floor(at / size);
  const count = Math.ceil((at + bytes.length) / size) - first;
  return setsOfPages(count).map((pages) =>
    pages.reduce((torn, page) => {
      const from = Math.max(0, (first + page) * size - at);
      const part = bytes.subarray(from, (first + page + 1) * size - at);
      return withWrite(torn, call, part, at + from);
    }, files),
  );
};

const tornByBytes = (files: Files, call: Call): Files[] => {
  const { bytes = new Uint8Array(), at = 0 } = call;
  const step = isAll ? 1 : bytes.length > 2_000 ? 397 : 29;
  const torn: Files[] = [];
  for (let cut = 1; cut <= bytes.length; cut += step) {
    torn.push(withWrite(files, call, bytes.subarray(0, cut), at));
  }
  return torn;
};

describe('when the power fails', () => {
  let all: Truth[];
  let life: Moment[];
  beforeAll(async () => {
    all = await truths();
    life = await moments();
  });

  const appends = () => life.filter(({ call }) => call.name === 'append');

  /** Nothing that a subscriber was shown is gone. */
  const check = async (files: Files, { bounds, seen, call }: Moment) => {
    const commits = await expectWhole(files, all, bounds).catch((cause) => {
      throw new Error(`cut at ${call.name} ${call.path}: ${cause.message}`, { cause });
    });
    expect(all[commits]?.log.length).toBeGreaterThanOrEqual(seen);
  };

  it('the life that it interrupts has several segments, and all kinds of calls', () => {
    const paths = new Set(appends().map(({ call }) => nameOf(call)));
    expect(paths.size).toBeGreaterThan(3);
    expect(new Set(life.map(({ call }) => call.name)).size).toBe(8);
  });

  it.each(LEAVINGS)(
    'before any call, and %s is left: nothing acknowledged is lost',
    async (kind) => {
      for (const moment of life) await check(moment.left[kind], moment);
    },
  );

  it.each(['synced', 'all'] as const)(
    'within an append, at any byte (%s)',
    async (kind) => {
      for (const moment of appends()) {
        for (const torn of tornByBytes(moment.left[kind], moment.call)) await check(torn, moment);
      }
    },
    TIME_MS,
  );

  it.each([512, 4096])('within an append, any of its pages of %d bytes arriving', async (size) => {
    for (const moment of appends()) {
      for (const torn of tornByPages(moment.left.synced, moment.call, size)) {
        await check(torn, moment);
      }
    }
  });

  it(
    'within any other write, at any byte',
    async () => {
      for (const moment of life.filter(({ call }) => call.name === 'write')) {
        for (const torn of tornByBytes(moment.left.all, moment.call)) await check(torn, moment);
      }
    },
    TIME_MS,
  );

  it('again while a torn end is cut off', async () => {
    for (const { left, call, bounds, seen } of appends().filter((_, n) => isAll || n % 3 === 0)) {
      const half = (call.bytes?.length ?? 0) >>> 1;
      const torn = withWrite(
        left.synced,
        call,
        (call.bytes ?? []).slice(0, half) as never,
        call.at ?? 0,
      );
      const later: Moment[] = [];
      const disk: FaultyDisk = new FaultyDisk(torn, (next) => {
        later.push({ call: next, left: leftOf(disk), bounds, seen });
        return undefined;
      });
      await (await openOn(disk)).close();
      for (const moment of later) {
        for (const kind of LEAVINGS) await check(moment.left[kind], moment);
      }
    }
  });
});
