import { type Platform, type Recorded, uuidOf } from '#lumbung/kernel';
import { checkAppend, positionAfter, weigh } from '../append.js';
import {
  type Appended,
  type Direction,
  type EventStore,
  type NewEvent,
  WrongExpectedRevision,
} from '../port.js';
import { bell, ensureOpen, type Log, reading } from '../reading.js';

// As text, so that nobody's later change to an object reaches the log, or the reverse.
type Entry = { id: string; position: bigint; text: string };

const recorded = ({ position, text }: Entry): Recorded => ({ ...JSON.parse(text), position });

const pageOf = (entries: readonly Entry[], direction: Direction, from: number, limit: number) => {
  if (direction === 'forwards') return entries.slice(from, from + limit).map(recorded);
  const end = Math.min(from + 1, entries.length);
  return entries
    .slice(Math.max(0, end - limit), end)
    .reverse()
    .map(recorded);
};

const countBefore = (entries: readonly Entry[], position: bigint): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.position ?? 0n) < position) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** An event store that lives as long as its process; for tests and simulations. */
export const memoryEventStore = ({ random }: Pick<Platform, 'random'>): EventStore => {
  const entries: Entry[] = [];
  const streams = new Map<string, Entry[]>();
  const growth = bell();
  let closed = false;

  const log: Log = {
    isClosed: () => closed,
    head: () => entries.at(-1)?.position,
    changed: (signal) => growth.heard(signal),
    streamPage(name, direction, from, limit) {
      const stream = streams.get(name) ?? [];
      const start = direction === 'forwards' ? 0 : stream.length - 1;
      return pageOf(stream, direction, from ?? start, limit);
    },
    page(direction, from, limit) {
      const forwards = direction === 'forwards';
      if (from === undefined) return pageOf(entries, direction, forwards ? 0 : Infinity, limit);
      const start = forwards ? countBefore(entries, from) : countBefore(entries, from + 1n) - 1;
      return pageOf(entries, direction, start, limit);
    },
  };

  const write = (name: string, stream: Entry[], events: readonly NewEvent[]): Appended => {
    let position = log.head() ?? 0n;
    for (const event of events) {
      position = positionAfter(position, name, event);
      const text = JSON.stringify({ ...event, stream: name, revision: stream.length });
      const entry = { id: event.id, position, text };
      stream.push(entry);
      entries.push(entry);
    }
    streams.set(name, stream);
    growth.ring();
    return { revision: stream.length - 1, position };
  };

  return {
    id: uuidOf('event-store', Buffer.from(random.bytes(16)).toString('hex')),
    exclusive: true,
    ...reading(log),
    async append(name, events, expected) {
      checkAppend(name, events, expected);
      ensureOpen(log);
      const stream = streams.get(name) ?? [];
      const soFar = { last: stream.length - 1, at: (revision: number) => stream[revision] };
      const answer = weigh(name, events, expected, soFar);
      if (answer instanceof WrongExpectedRevision) throw answer;
      return answer === 'write' ? write(name, stream, events) : answer;
    },
    async close() {
      closed = true;
      growth.ring();
    },
  };
};
