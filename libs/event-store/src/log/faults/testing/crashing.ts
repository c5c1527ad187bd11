import { writeSync } from 'node:fs';
import { stdin } from 'node:process';
import { uuidOf } from '#lumbung/kernel';
import type { EventStore, NewEvent } from '../../../port.js';
import { openLogEventStore } from '../../index.js';

const WRITERS = 48;
const STREAMS = 12;

/** Names the commit that an event is of, and which of how many of its events it is. */
export type CommitData = { commit: string; part: number; of: number; padding: string };

const eventsOf = (commit: string, of: number): NewEvent[] =>
  Array.from({ length: of }, (_, part) => ({
    id: uuidOf(commit, part),
    type: `crash.Type${of}`,
    version: 1,
    data: { commit, part, of, padding: '.'.repeat((part * 37) % 150) },
    metadata: {} as never,
  }));

/** Prints a line for each answer: the commit, and the revision and position of its last event. */
const write = async (store: EventStore, round: string, writer: number) => {
  for (let n = 0; ; n++) {
    const commit = `${round}.${writer}.${n}`;
    const stream = `s-${(writer * 7 + n) % STREAMS}`;
    if (n % 5 === 4) {
      const [first = [], second = []] = [
        eventsOf(commit, 3).slice(0, 1),
        eventsOf(commit, 3).slice(1),
      ];
      const other = { stream: `t-${writer}`, events: second, expected: 'any' } as const;
      const answers = await store.appendAtomic?.([
        { stream, events: first, expected: 'any' },
        other,
      ]);
      const last = answers?.[1];
      said(`ack ${commit} ${last?.revision} ${last?.position}`);
    } else {
      const { revision, position } = await store.append(
        stream,
        eventsOf(commit, 1 + (n % 3)),
        'any',
      );
      said(`ack ${commit} ${revision} ${position}`);
    }
  }
};

let lines = '';

/** One call for all lines of a turn of the loop. */
const said = (line: string) => {
  if (lines === '') {
    setImmediate(() => {
      writeSync(1, lines);
      lines = '';
    });
  }
  lines += `${line}\n`;
};

const follow = async (store: EventStore) => {
  const after = await store.head();
  const from = after === undefined ? {} : { after };
  for await (const { events } of store.subscribe(from)) {
    for (const { position, id } of events) said(`saw ${position} ${id}`);
  }
};

/** Loads all it needs, waits for a word, then appends to the log at `path` until it is killed. */
export const crashing = async (path: string, round: string) => {
  const random = { bytes: (count: number) => new Uint8Array(count).fill(7) };
  const clock = { now: () => new Date().toISOString() as never, elapsed_ms: () => 0 };
  writeSync(1, 'ready\n');
  await new Promise((resolve) => stdin.once('data', resolve));
  const store = await openLogEventStore({ path, random, clock, segmentBytes: 128 << 10 });
  said('open');
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(store, round, writer));
  await Promise.race([follow(store), ...writers]);
};
