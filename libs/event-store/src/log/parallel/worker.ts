import { parentPort, workerData } from 'node:worker_threads';
import type { Stored } from '../../port.js';
import { openLogReader } from '../maintenance/maintenance.js';
import type { Outcome, Part, Task } from './fold.js';

type Fold = (events: AsyncIterable<Stored[]>, input: unknown, part: Part) => Promise<unknown>;

const run = async ({ path, module, part, input }: Task): Promise<Outcome> => {
  const reader = openLogReader({ path });
  try {
    const { fold } = (await import(module)) as { fold: Fold };
    return { state: await fold(reader.readPart(part), input, part) };
  } catch (cause) {
    return { error: cause instanceof Error ? cause : new Error(String(cause)) };
  } finally {
    reader.close();
  }
};

parentPort?.postMessage(await run(workerData));
