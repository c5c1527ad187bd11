import { CHECKS } from './tidy/checks.js';
import { SAMPLES } from './tidy/samples.js';
import { readTree, type Source } from './tidy/tree.js';

const find = (name: string, tree: readonly Source[]) =>
  CHECKS.find((check) => check.name === name)?.find(tree);

describe('a check', () => {
  it.each(SAMPLES)('of $check finds $finds.length', ({ check, tree, finds }) => {
    expect(find(check, tree)?.sort()).toEqual(finds.sort());
  });

  it('has a sample that breaks it and one that keeps it', () => {
    const names = CHECKS.map(({ name }) => name).sort();
    const named = (samples: typeof SAMPLES) =>
      [...new Set(samples.map(({ check }) => check))].sort();
    expect(named(SAMPLES.filter(({ finds }) => finds.length > 0))).toEqual(names);
    expect(named(SAMPLES.filter(({ finds }) => finds.length === 0))).toEqual(names);
  });
});

describe('the tree', () => {
  let tree: Source[];

  beforeAll(async () => {
    tree = await readTree();
  });

  it('is read whole', () => {
    const paths = tree.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['docs/GLOSSARY.md', 'libs/kernel/src/index.ts']));
    expect(paths.some((path) => path.includes('node_modules'))).toBe(false);
  });

  it.each(CHECKS)('keeps: $name', ({ find }) => {
    expect(find(tree)).toEqual([]);
  });
});
