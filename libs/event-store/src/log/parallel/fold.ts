import { Worker } from 'node:worker_threads';

/** One of several equal parts of the streams: those whose hash falls to `index` of `of`. */
export type Part = { index: number; of: number };

/** What a worker is told: where the log is, and the module whose `fold` it calls. */
export type Task = { path: string; module: string; part: Part; input: unknown };

/** What a worker answers: the state that it came to, or why it did not. */
export type Outcome = { state: unknown } | { error: Error };

export type FoldOptions = {
  /** The folder of the log; it may be open in another process. */
  path: string;
  /** Address of a module that exports `fold(events, input, part)`, resolving to what it makes. */
  module: URL;
  /** How many share the log, each on a thread of its own. */
  workers: number;
  /** Handed to each fold; copied. */
  input?: unknown;
  /** Options of node for the threads; this process's when absent. */
  execArgv?: string[];
};

const folded = (task: Task, execArgv: string[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: task,
      execArgv,
    });
    worker.once('message', (outcome: Outcome) => {
      if ('error' in outcome) reject(outcome.error);
      else resolve(outcome.state);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a fold ended with ${code}, and no state`)));
  });

/**
 * Folds a log on several threads, each the streams of its part, whole and in their order. Events
 * are read and decoded where they are folded; only the state of each part comes back, in order of
 * the parts. Rejects with the first failure.
 */
export const foldLog = <S>(options: FoldOptions): Promise<S[]> => {
  const { path, module, workers, input, execArgv = process.execArgv } = options;
  const parts = Array.from({ length: workers }, (_, index) => ({ index, of: workers }));
  const folding = parts.map((part) => folded({ path, module: module.href, part, input }, execArgv));
  return Promise.all(folding) as Promise<S[]>;
};
