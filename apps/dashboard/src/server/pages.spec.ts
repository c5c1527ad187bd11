import { readAll } from './pages.js';

const ENTRIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Hands out two at a time; a cursor is the place after the last one. */
const inPairs = (entries: readonly string[]) => async (after: string | undefined) => {
  const start = Number(after ?? 0);
  const end = Math.min(start + 2, entries.length);
  const pageInfo = { endCursor: end > start ? `${end}` : null, hasNextPage: end < entries.length };
  return { nodes: entries.slice(start, end), pageInfo };
};

describe('a list in pages', () => {
  it.each([0, 1, 2, 3, 4, 7])('of %d is read to its end', async (count) => {
    const entries = ENTRIES.slice(0, count);
    expect(await readAll(inPairs(entries))).toEqual(entries);
  });

  it('that is not there has no entries', async () => {
    expect(await readAll(async () => undefined)).toEqual([]);
  });
});
