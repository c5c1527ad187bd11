import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Path → source of a tree to be cruised. */
export type Tree = Readonly<Record<string, string>>;

export type Violation = { rule: string; from: string; to: string };

export type Rule = { name: string; comment: string };

export type Cruise = { rules: Rule[]; violations: Violation[] };

type Output = {
  summary: {
    violations: { rule: { name: string }; from: string; to: string }[];
    ruleSetUsed: { forbidden: Rule[] };
  };
};

const ROOT = resolve(import.meta.dirname, '../..');
const DEPCRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

const PACKAGES = [
  '@nestjs/common',
  '@nestjs/graphql',
  'dataloader',
  'fast-check',
  'lmdb',
  'rxjs',
  'temporal-polyfill',
  'zod',
];

const writeTree = async (folder: string, tree: Tree) => {
  for (const [path, source] of Object.entries(tree)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), source);
  }
};

const standIns = (): Tree => {
  const tree: Record<string, string> = {};
  for (const name of PACKAGES) {
    const manifest = { name, version: '1.0.0', license: 'MIT', main: 'index.js' };
    tree[`node_modules/${name}/package.json`] = JSON.stringify(manifest);
    tree[`node_modules/${name}/index.js`] = 'module.exports = {};';
  }
  return tree;
};

const depcruise = (folder: string, folders: string[]) =>
  new Promise<string>((done, fail) => {
    const config = join(ROOT, '.dependency-cruiser.cjs');
    const args = [DEPCRUISE, '--config', config, '--output-type', 'json', ...folders];
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      stdout.startsWith('{') ? done(stdout) : fail(error ?? new Error(stderr)),
    );
  });

/** Cruises `tree` in a temporary folder with this project's own rules and import aliases. */
export const cruise = async (tree: Tree): Promise<Cruise> => {
  const folder = await mkdtemp(join(tmpdir(), 'borders-'));
  try {
    await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
    await writeTree(folder, { ...standIns(), ...tree });
    const { summary } = JSON.parse(await depcruise(folder, ['apps', 'libs', 'test'])) as Output;
    return {
      rules: summary.ruleSetUsed.forbidden.map(({ name, comment }) => ({ name, comment })),
      violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};
