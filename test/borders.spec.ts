import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
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
    expect([...breakable].sort()).toEqual(broken.rules.map(({ name }) => name).sort());
  });

  it('each say why, and name only decisions that were written down', async () => {
    const decisions = await readdir(join(import.meta.dirname, '../docs/adr'));
    for (const { name, comment } of broken.rules) {
      expect({ name, why: comment }).toEqual({ name, why: expect.stringMatching(/\w{3}/) });
      const named = [...comment.matchAll(/docs\/adr\/([\w-]+\.md)/g)].map(([, file]) => file);
      expect(decisions).toEqual(expect.arrayContaining(named));
    }
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
