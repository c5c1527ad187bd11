import type { EventStore, Stored } from '../../../port.js';
import { FaultyDisk, type Files } from './faulty-disk.js';
import { collect, openOn, plain, streamsOf, type Truth } from './workload.js';

/** What must be there, and what may be: commits by number. */
export type Bounds = { least: number; most: number };

const createdOf = async (store: EventStore): Promise<number[]> => {
  const all: number[] = [];
  for await (const batch of store.readAll({ system: true })) {
    all.push(...batch.map(({ created }) => created));
  }
  return all;
};

const backwards = { direction: 'backwards', system: true } as const;

/** How many commits a log holds; −1 when it is no whole number of them. */
const commitsIn = (log: string[], all: readonly Truth[], { least, most }: Bounds): number => {
  for (let count = most; count >= least; count--) {
    if (all[count]?.log.length === log.length) return count;
  }
  return -1;
};

const appended = async (store: EventStore, name: string) => {
  const id = `00000000-0000-0000-0000-${name.padStart(12, '0')}`;
  const event = { id, type: 'test.Later', version: 1, data: { name }, metadata: {} as never };
  await store.append('a-0', [event], 'exists');
  const last: Stored[][] = [];
  for await (const batch of store.readAll({ direction: 'backwards', limit: 1 })) last.push(batch);
  return plain(last[0]?.[0] as Stored);
};

/**
 * Opens what is left of a log: it must hold the first so many commits whole, show its streams as
 * an engine without a disk would, and go on. Answers how many commits there were.
 */
export const expectWhole = async (files: Files, all: readonly Truth[], bounds: Bounds) => {
  const disk = new FaultyDisk(files);
  const store = await openOn(disk);
  const log = await collect(store.readAll({ system: true }));
  const commits = commitsIn(log, all, bounds);
  const truth = all[commits];
  if (!truth) {
    throw new Error(`${log.length} events are not from ${bounds.least} to ${bounds.most} commits`);
  }
  expect(log).toEqual(truth.log);
  expect(await collect(store.readAll(backwards))).toEqual([...truth.log].reverse());
  expect(await streamsOf(store)).toEqual(truth.streams);
  if (commits > 0) {
    const later = await appended(store, '1');
    await store.close();
    const again = await openOn(new FaultyDisk(disk.left('synced')));
    expect(await collect(again.readAll({ system: true }))).toEqual([...log, later]);
    // The clock began anew, far behind the log.
    const created = await createdOf(again);
    expect(created).toEqual([...created].sort((a, b) => a - b));
    await again.close();
  } else await store.close();
  expect(disk.opened).toBe(0);
  return commits;
};
