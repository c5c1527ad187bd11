import { instantAt, type Metadata, uuidOf } from '#lumbung/kernel';
import { memoryEventStore } from '../../../memory/index.js';
import type { EventStore, NewEvent, Stored } from '../../../port.js';
import { METADATA, metadataStream } from '../../../retention.js';
import { openLogEventStore } from '../../index.js';
import { FaultyDisk } from './faulty-disk.js';

export const SEGMENT_BYTES = 8 << 10;
const START_MS = Date.UTC(2025, 0, 1);

/** Chance and time that are the same in each run; a life has one through all its sessions. */
export const machine = () => {
  let drawn = 0;
  let ticks = 0;
  return {
    random: { bytes: (count: number) => new Uint8Array(count).fill(drawn++) },
    clock: { now: () => instantAt(START_MS + ticks++), elapsed_ms: () => 0 },
    mayForget: () => true,
  };
};

let folders = 0;

/** A log on this disk, at a path of its own: the lock knows this process by the path. */
export const openOn = (
  disk: FaultyDisk,
  on = machine(),
  onTorn: (bytes: number) => void = () => undefined,
) => {
  const path = `/log-${folders++}`;
  return openLogEventStore({ ...on, path, disk, segmentBytes: SEGMENT_BYTES, onTorn });
};

const happened = (name: string, text = ''): NewEvent => ({
  id: uuidOf('faults', name),
  type: 'test.Happened',
  version: 1,
  data: { name, text },
  metadata: { causationId: name } as Metadata,
});

const limited = (name: string, data: object): NewEvent => ({
  ...happened(name),
  ...{ type: METADATA, version: 0, data },
});

/** One commit: all that must be there whole or not at all. */
type Step = (store: EventStore) => Promise<unknown>;

const append =
  (stream: string, ...events: NewEvent[]): Step =>
  (store) =>
    store.append(stream, events, 'any');

const several = (from: number, count: number): Step[] =>
  Array.from({ length: count }, (_, n) => {
    const name = `${from + n}`;
    const more = n % 4 === 0 ? [happened(`${name}b`)] : [];
    return append(`a-${n % 5}`, happened(name, '·'.repeat(60 * (n % 7))), ...more);
  });

const together =
  (name: string): Step =>
  async (store) =>
    store.appendAtomic?.([
      { stream: 'a-0', events: [happened(`${name}:0`), happened(`${name}:1`)], expected: 'any' },
      { stream: `b-${name}`, events: [happened(`${name}:2`)], expected: 'none' },
    ]);

/** Commits by turns: those of a turn are appended together, and then all are waited for. */
export const TURNS: Step[][] = [
  ...several(0, 6).map((step) => [step]),
  several(10, 8),
  [together('one')],
  [append(metadataStream('a-1'), limited('limit', { $maxCount: 2 }))],
  [(store) => store.delete('a-2', 'any'), ...several(20, 3)],
  [append('a-2', happened('again'), happened('and again'))],
  ...several(30, 9).map((step) => [step]),
  [append('c-1', happened('wide', 'x'.repeat(3_000)), happened('after it'))],
  [...several(40, 5), together('two'), ...several(50, 5)],
  [(store) => store.tombstone('a-3', 'any')],
  [append('d-1', { ...happened('other'), type: 'test.Other', data: { of: [{ a: 1 }, null] } })],
  ...several(60, 3).map((step) => [step]),
  [append('c-1', happened('larger than a segment', 'y'.repeat(SEGMENT_BYTES)))],
  several(70, 12),
  [(store) => store.delete('c-1', 'any')],
  ...several(90, 3).map((step) => [step]),
];

/** Turns after which the log is closed, to be opened again for the rest. */
export const FIRST_TURNS = 22;

export const STREAMS = [
  ...['a-0', 'a-1', 'a-2', 'a-3', 'a-4', 'b-one', 'b-two', 'c-1', 'd-1'],
  ...['$$a-1', '$$a-2', '$$c-1', 'x-1'],
];

export const plain = ({ id, stream, revision, type, version, data, metadata }: Stored) =>
  JSON.stringify({ id, stream, revision, type, version, data, metadata });

export const collect = async (batches: AsyncIterable<Stored[]>): Promise<string[]> => {
  const all: string[] = [];
  for await (const batch of batches) all.push(...batch.map(plain));
  return all;
};

/** What each stream shows, or the name of the error. */
export const streamsOf = async (store: EventStore) => {
  const shown: Record<string, string[] | string> = {};
  for (const stream of STREAMS) {
    shown[stream] = await collect(store.readStream(stream, { mustExist: true })).catch(
      ({ name }: Error) => name,
    );
  }
  return shown;
};

/** After so many commits: the whole log, and what each stream shows. */
export type Truth = { log: string[]; streams: Awaited<ReturnType<typeof streamsOf>> };

/** What is true after each number of commits, by an engine that has no disk. */
export const truths = async (): Promise<Truth[]> => {
  const store = memoryEventStore(machine());
  const look = async () => ({
    log: await collect(store.readAll({ system: true })),
    streams: await streamsOf(store),
  });
  const all: Truth[] = [await look()];
  for (const step of TURNS.flat()) {
    // A tombstoned stream refuses, here as there: then the commit is empty.
    await step(store).catch(() => undefined);
    all.push(await look());
  }
  return all;
};

/** What has happened so far: how many commits were asked for, answered and refused. */
export type Progress = { accepted: number; answered: number; seen: number; failures: Error[] };

export const nothingYet = (): Progress => ({ accepted: 0, answered: 0, seen: 0, failures: [] });

const isOfDisk = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'StoreUnavailable';

/** Takes turns on a store while a subscriber follows, and keeps count. */
export const takeTurns = async (store: EventStore, turns: Step[][], progress: Progress) => {
  const stop = new AbortController();
  progress.seen = 0;
  const following = (async () => {
    for await (const { events } of store.subscribe({ system: true, signal: stop.signal })) {
      progress.seen += events.length;
    }
  })();
  for (const turn of turns) {
    const answers = turn.map((step) => {
      progress.accepted += 1;
      return step(store).then(
        () => (progress.answered += 1),
        (error) => {
          if (isOfDisk(error)) progress.failures.push(error);
          else progress.answered += 1;
        },
      );
    });
    await Promise.all(answers);
    await new Promise(setImmediate);
  }
  stop.abort();
  await following;
};
