import { Worker } from 'node:worker_threads';
import { type FoldTask, type Part, StoreUnavailable } from '../../port.js';

/** What a worker is told: where the log is, and the module whose `fold` it calls. */
export type Task = { path: string; module: string; part: Part; input: unknown };

/** What a worker says: how it goes; at last the state that it came to, or why it did not. */
export type Word = { progress: unknown } | { state: unknown } | { error: Error };

/** The threads on which a log is folded. */
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

const SCRIPT = new URL('./worker.js', import.meta.url);

type Given = { signal: AbortSignal; onProgress: (progress: unknown) => void };

const folded = (task: Task, { execArgv }: Threads, { signal, onProgress }: Given) => {
  const options = { workerData: task, resourceLimits: LIMITS };
  const worker = new Worker(SCRIPT, execArgv ? { ...options, execArgv } : options);
  // Told and not killed: it may hold the lock of a store.
  const stop = () => worker.postMessage('stop');
  signal.addEventListener('abort', stop);
  const work = new Promise<unknown>((resolve, reject) => {
    worker.on('message', (word: Word) => {
      if ('state' in word) resolve(word.state);
      else if ('error' in word) reject(word.error);
      else onProgress(word.progress);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a fold ended with ${code}, and no state`)));
  });
  return work.finally(() => signal.removeEventListener('abort', stop));
};

/**
 * Folds a log on several threads, as the `fold` of a store does. When one fails, or the signal
 * aborts, all end before it rejects: with the first failure, or the reason of the abort.
 */
export const foldLog = async <State, Input, Progress>(
  options: FoldOptions<Input, Progress>,
): Promise<State[]> => {
  const { path, module, input, workers, signal: asked, onProgress } = options;
  const failing = new AbortController();
  const signal = asked ? AbortSignal.any([asked, failing.signal]) : failing.signal;
  signal.throwIfAborted();
  const fail = (error: unknown) => failing.abort(error);
  const folding = Array.from({ length: workers }, (_, index) => {
    const part = { index, of: workers };
    const told = (progress: unknown) => {
      try {
        onProgress?.(progress as Progress, part);
      } catch (error) {
        fail(error);
      }
    };
    const work = folded({ path, module: module.href, part, input }, options, {
      ...{ signal, onProgress: told },
    });
    work.catch(fail);
    return work;
  });
  await Promise.allSettled(folding);
  signal.throwIfAborted();
  return Promise.all(folding) as Promise<State[]>;
};

/** The folds of an open log: one after the other, and none that outlives it. */
export class Folds {
  private last: Promise<unknown> = Promise.resolve();
  private readonly closing = new AbortController();

  constructor(
    private readonly path: string,
    private readonly threads: Threads,
  ) {}

  fold<State, Input, Progress>(task: FoldTask<Input, Progress>): Promise<State[]> {
    const signals = [this.closing.signal, ...(task.signal ? [task.signal] : [])];
    const signal = AbortSignal.any(signals);
    const turn = this.last.then(() =>
      foldLog<State, Input, Progress>({ ...task, ...this.threads, path: this.path, signal }),
    );
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.closing.abort(new StoreUnavailable('the event store is closed'));
    await this.last;
  }
}
