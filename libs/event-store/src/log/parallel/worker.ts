import { parentPort, workerData } from 'node:worker_threads';
import type { Folding } from '../../port.js';
import { openLogReader } from '../maintenance/maintenance.js';
import type { Task, Word } from './fold.js';

const stopping = new AbortController();
parentPort?.once('message', () => stopping.abort());

const say = (word: Word) => parentPort?.postMessage(word);

const outcome = async ({ path, module, part, input }: Task): Promise<Word> => {
  const log = openLogReader({ path });
  try {
    const { fold } = (await import(module)) as { fold: (folding: Folding) => Promise<unknown> };
    const { signal } = stopping;
    const report = (progress: unknown) => say({ progress });
    return { state: await fold({ log, part, input, signal, report }) };
  } catch (cause) {
    return { error: cause instanceof Error ? cause : new Error(String(cause)) };
  } finally {
    log.close();
  }
};

say(await outcome(workerData));
parentPort?.close();
