import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Folding, LogSource } from '../../port.js';
import { openLogReader } from '../maintenance/maintenance.js';
import type { Task, Word } from './fold.js';

const stopping = new AbortController();
const { signal } = stopping;
parentPort?.once('message', () => stopping.abort());

const say = (word: Word) => parentPort?.postMessage(word);

/** A log is read without waiting; between two batches the word to stop can come, and ends it. */
async function* untilStopped<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const batch of batches) {
    await setImmediate();
    if (signal.aborted) return;
    yield batch;
  }
}

const stoppable = (log: LogSource): LogSource => ({
  head: () => log.head(),
  readStream: (...asked) => untilStopped(log.readStream(...asked)),
  readAll: (...asked) => untilStopped(log.readAll(...asked)),
  subscribe: (...asked) => untilStopped(log.subscribe(...asked)),
  readPart: (...asked) => untilStopped(log.readPart(...asked)),
});

const outcome = async ({ path, module, part, input }: Task): Promise<Word> => {
  const log = openLogReader({ path });
  try {
    const { fold } = (await import(module)) as { fold: (folding: Folding) => Promise<unknown> };
    const report = (progress: unknown) => say({ progress });
    return { state: await fold({ log: stoppable(log), part, input, signal, report }) };
  } catch (cause) {
    return { error: cause instanceof Error ? cause : new Error(String(cause)) };
  } finally {
    log.close();
  }
};

say(await outcome(workerData));
parentPort?.close();
