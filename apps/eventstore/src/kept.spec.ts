import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEPT, mayForget } from './kept.js';

const isSource = (path: string) =>
  /^[^/]+\/src\/.+\.ts$/.test(path) && !/\.(spec|contract)\.ts$|\/testing\//.test(path);

const declared = async (): Promise<string[]> => {
  const paths = (await readdir('libs', { recursive: true })).filter(isSource);
  const texts = await Promise.all(paths.map((path) => readFile(join('libs', path), 'utf8')));
  const found = texts.flatMap((text) => [...text.matchAll(/\bstream\(\s*'([^']+)'/g)]);
  return [...new Set(found.map(([, category]) => category as string))];
};

describe('what is kept for ever', () => {
  it('is every category that a library declares', async () => {
    const categories = await declared();
    expect(categories).toEqual(expect.arrayContaining(['ledger', 'register', 'workflow']));
    expect(KEPT).toEqual(expect.arrayContaining(categories));
  });

  it('is nothing of anybody else', () => {
    expect(['ledger', 'feed'].some(mayForget)).toBe(false);
    expect(['ledgers', 'a', ''].every(mayForget)).toBe(true);
  });
});
