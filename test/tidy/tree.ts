import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export type Source = { path: string; text: string };

/** A rule of style: `find` says where a tree breaks it, one sentence each. */
export type Check = { name: string; find: (tree: readonly Source[]) => string[] };

const ROOT = resolve(import.meta.dirname, '../..');
const SKIPPED = /^(node_modules|dist|coverage|\.git|data(-.+)?)$/;
const TEXT = /\.(ts|tsx|js|cjs|mjs|graphql|css|html|json|md|yml|yaml|sh)$|^\.ci\/|^\.editorconfig$/;

const walk = async (folder: string): Promise<string[]> => {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !SKIPPED.test(name))
    .map((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && TEXT.test(path) && path !== 'package-lock.json' ? [path] : [];
    });
  return (await Promise.all(found)).flat();
};

/** Every text file of the project, by its path from the root. */
export const readTree = async (): Promise<Source[]> => {
  const paths = await walk('');
  const read = async (path: string) => ({ path, text: await readFile(join(ROOT, path), 'utf8') });
  return Promise.all(paths.sort().map(read));
};

export const isGenerated = (path: string) => /(^|\/)generated(\/|\.ts$)/.test(path);

export const isCode = (path: string) =>
  /\.(ts|tsx|js|cjs|mjs|graphql|css)$/.test(path) && !isGenerated(path);

export const isScript = (path: string) => isCode(path) && /\.tsx?$/.test(path);

export const isPure = (path: string) =>
  /^libs\/.+\.(events|decider|policy|stream|public|projection|workflow|api)\.ts$/.test(path);

/** Specs, contract suites and test helpers: code that never runs in production. */
export const isTestCode = (path: string) =>
  /\.(spec|contract)\.tsx?$/.test(path) || /^libs\/.+\/testing\//.test(path);

/** A check that looks at one file at a time. */
export const eachFile = (
  name: string,
  takes: (path: string) => boolean,
  find: (source: Source) => string[],
): Check => ({ name, find: (tree) => tree.filter(({ path }) => takes(path)).flatMap(find) });
