import { CLEAN } from './borders/clean.js';
import { type Cruise, cruise } from './borders/cruise.js';
import { PLANTS } from './borders/plants.js';

const planted = Object.fromEntries(PLANTS.map(({ file, source }) => [file, source]));

describe('the borders', () => {
  let clean: Cruise;
  let broken: Cruise;

  beforeAll(async () => {
    [clean, broken] = await Promise.all([cruise(CLEAN), cruise({ ...CLEAN, ...planted })]);
  }, 60_000);

  it('let a clean tree pass', () => {
    expect(clean.violations).toEqual([]);
  });

  it('have a plant for every rule', () => {
    const breakable = new Set(PLANTS.flatMap(({ breaks }) => breaks));
    expect([...breakable].sort()).toEqual([...broken.rules].sort());
  });

  it.each(PLANTS)('$file breaks $breaks and nothing else', ({ file, breaks }) => {
    const fired = broken.violations.filter(({ from }) => from === file).map(({ rule }) => rule);
    expect([...new Set(fired)].sort()).toEqual([...breaks].sort());
  });

  it('find nothing in the files around the plants', () => {
    const around = broken.violations.filter(({ from }) => !(from in planted));
    expect(around).toEqual([]);
  });
});
