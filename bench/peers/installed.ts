import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** npm runs a script in the folder of its package.json, which is the root here. */
const { resolve: found } = createRequire(resolve('bench/peers/package.json'));

/** A package that only the bench needs, installed apart; says how when it is not. */
export const installed = async <T>(name: string): Promise<T> => {
  let path: string;
  try {
    path = found(name);
  } catch (cause) {
    throw new Error(`${name} is not installed: npm ci --prefix bench/peers`, { cause });
  }
  return (await import(pathToFileURL(path).href)) as T;
};
