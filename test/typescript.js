// Lets a child process of a test run the sources as they are:
// node --conditions source --import ./test/typescript.js
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { isMainThread, workerData } from 'node:worker_threads';
import { transform } from '@swc/core';

// The thread that runs these hooks comes by here too; one that folds a log has a part of it.
if (isMainThread || workerData?.part) register(import.meta.url);

export const resolve = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !specifier.endsWith('.js')) throw error;
    return next(specifier.replace(/\.js$/, '.ts'), context);
  }
};

export const load = async (url, context, next) => {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transform(await readFile(new URL(url), 'utf8'), {
    sourceMaps: 'inline',
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
      },
      keepClassNames: true,
    },
  });
  return { format: 'module', source: code, shortCircuit: true };
};
