import { Worker } from 'node:worker_threads';
import type { FoldTask, Part } from '../../port.js';

/** What a worker is told: where the log is, and the module whose `fold` it calls. */
export type Task = { path: string; module: string; part: Part; input: unknown };

/** What a worker says: how it goes; at last the state that it came to, or why it did not. */
export type Word = { progress: unknown } | { state: unknown } | { error: Error };

export type Threads = {
  /** How many share the work. */
  workers: number;
  /** Options of node for them; this process's when absent. */
  execArgv?: string[];
};

export type FoldOptions<Input, Progress> = FoldTask<Input, Progress> &
  Threads & {
    /** The folder of the log; it may be open in another process. */
    path: string;
  };

// What is decoded dies young; with less room it is copied over and over before.
const LIMITS = { maxYoungGenerationSizeMb: 128 };

type Given = { execArgv?: string[]; signal?: AbortSignal; onProgress?: (progress: never) => void };

const folded = (task: Task, { execArgv, signal, onProgress }: Given): Promise<unknown> => {
  const script = new URL('./worker.js', import.meta.url);
  const options = { workerData: task, resourceLimits: LIMITS };
  const worker = new Worker(script, execArgv ? { ...options, execArgv } : options);
  // Told and not killed: it may hold the lock of a store.
  const stop = () => worker.postMessage('stop');
  signal?.addEventListener('abort', stop);
  const work = new Promise((resolve, reject) => {
    worker.on('message', (word: Word) => {
      if ('progress' in word) onProgress?.(word.progress as never);
      else if ('error' in word) reject(word.error);
      else resolve(word.state);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a fold ended with ${code}, and no state`)));
  });
  return work.finally(() => signal?.removeEventListener('abort', stop));
};

/** Folds a log on several threads, as the `fold` of a store does. */
export const foldLog = <State, Input, Progress>(
  options: FoldOptions<Input, Progress>,
): Promise<State[]> => {
  const { path, module, input, workers, execArgv, signal, onProgress } = options;
  const folding = Array.from({ length: workers }, (_, index) => {
    const task = { path, module: module.href, part: { index, of: workers }, input };
    const given: Given = {};
    if (execArgv) given.execArgv = execArgv;
    if (signal) given.signal = signal;
    if (onProgress) given.onProgress = (progress) => onProgress(progress, task.part);
    return folded(task, given);
  });
  return Promise.all(folding) as Promise<State[]>;
};
