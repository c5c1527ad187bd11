import fc from 'fast-check';
import { addMonths, type CooperativeCode, date, daysAfter, monthOf } from '#lumbung/kernel';
import { chanceOf } from './chance.js';
import { habitsOf } from './habits.js';

const PARE = '35.06.17.1009' as CooperativeCode;
const FROM = date('2025-03-01');
const DAYS = [FROM, ...daysAfter(FROM, date('2026-02-28'))];

const habits = (seed: number, members = 40) =>
  habitsOf(PARE, chanceOf('habits', seed), { days: DAYS, members });

const many = (members?: number) => Array.from({ length: 300 }, (_, seed) => habits(seed, members));

const joined = ({ joining }: ReturnType<typeof habits>) =>
  [...joining.values()].reduce((sum, count) => sum + count, 0);

describe('the habits of a cooperative', () => {
  it('are drawn from its seed alone', () => {
    expect(habits(1)).toEqual(habits(1));
    expect(habits(1)).not.toEqual(habits(2));
  });

  it('begin with the founders, who are nine or more of a grown cooperative', () => {
    for (const { joining } of many()) {
      const [first] = [...joining.keys()].sort();
      if (first) expect(joining.get(first)).toBeGreaterThanOrEqual(8);
    }
  });

  it('bring in about as many as were asked for, and in a few cooperatives nobody', () => {
    const counts = many(100).map(joined);
    const alive = counts.filter((count) => count > 0);
    expect(counts.length - alive.length).toBeGreaterThan(3);
    expect(counts.length - alive.length).toBeLessThan(45);
    for (const count of alive) expect(count >= 50 && count <= 165).toBe(true);
  });

  it('set terms from the first month on, and raise the wajib from a later one at most once', () => {
    const raised = many().filter(({ terms, joining }) => {
      const [first] = [...joining.keys()].sort();
      expect(terms[0]?.from).toBe(first && monthOf(first));
      const [one, other] = terms;
      if (!one || !other) return false;
      expect(other.from >= addMonths(one.from, 3)).toBe(true);
      expect(other).toEqual({ ...one, from: other.from, wajib: one.wajib + 5_000 });
      return true;
    });
    expect(raised.length).toBeGreaterThan(20);
  });

  it('keep to days that every month has', () => {
    for (const { collectsOn, collectsAgainOn, closes, meetsOn } of many()) {
      for (const day of [collectsOn, collectsAgainOn, meetsOn, closes?.on ?? 1]) {
        expect(day >= 1 && day <= 28).toBe(true);
      }
      expect(collectsAgainOn).toBeGreaterThan(collectsOn);
    }
  });

  it('have a licence for saving in some cooperatives, never before they live', () => {
    const licensed = many().filter(({ uspFrom, joining }) => {
      const [first] = [...joining.keys()].sort();
      if (uspFrom) expect(first !== undefined && uspFrom >= first).toBe(true);
      return uspFrom;
    });
    expect(licensed.length).toBeGreaterThan(50);
    expect(licensed.length).toBeLessThan(150);
  });

  it('fit into the shortest life', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, members) => {
        const chance = chanceOf('short', seed);
        const short = habitsOf(PARE, chance, { days: [FROM], members });
        for (const day of short.joining.keys()) expect(day).toBe(FROM);
        expect(short.uspFrom === undefined || short.uspFrom === FROM).toBe(true);
      }),
    );
  });
});
