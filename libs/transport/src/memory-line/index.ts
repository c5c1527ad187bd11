import type { FeedEntry } from '#lumbung/kernel';
import { type FeedLine, type Heard, type LineGeneration, LineUnavailable } from '../feed/line.js';

type Held = LineGeneration & { entries: unknown[] };

/** A line within one process; it may be told to lose what it holds, or to be out of reach. */
export const memoryLine = () => {
  const generations = new Map<number, Held>();
  const done = new Map<string, number>();
  let isThere = true;
  const watching: (() => void)[] = [];

  const tell = () => {
    for (const wake of watching.splice(0)) wake();
  };
  const change = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      watching.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const held = (generation: number): Held => {
    const found = generations.get(generation);
    if (!found || !isThere) throw new LineUnavailable('out of reach');
    return found;
  };
  const newest = (): Held | undefined => {
    if (!isThere) throw new LineUnavailable('out of reach');
    return generations.get(Math.max(...generations.keys()));
  };
  const shown = ({ generation, name, entries }: Held): LineGeneration => ({
    ...{ generation, name, last: entries.length },
  });

  const line: FeedLine = {
    latest: async () => {
      const found = newest();
      return found && shown(found);
    },
    entry: async ({ generation }, sequence) => held(generation).entries[sequence - 1],
    begin: async (generation) => {
      if (!isThere) throw new LineUnavailable('out of reach');
      const begun = generations.get(generation);
      if (begun) return shown(begun);
      const made = { generation, name: `line-${generation}`, last: 0, entries: [] };
      generations.set(generation, made);
      tell();
      return shown(made);
    },
    end: async ({ generation }) => {
      generations.delete(generation);
      tell();
    },
    publish: async ({ generation }, entry: FeedEntry) => {
      const { entries } = held(generation);
      if (entry.sequence <= entries.length) return;
      if (entry.sequence > entries.length + 1) throw new LineUnavailable('not the next');
      entries.push(structuredClone(entry));
      tell();
    },
    async *listen(consumer, after, signal) {
      const listened = newest();
      if (!listened) throw new LineUnavailable('nothing is carried yet');
      let next = after;
      done.set(consumer, after);
      while (!signal.aborted) {
        if (newest()?.generation !== listened.generation) return;
        const group = listened.entries.slice(next).map(
          (payload, at): Heard => ({
            payload,
            done: () => done.set(consumer, next + at + 1),
          }),
        );
        next = listened.entries.length;
        if (group.length > 0) yield group;
        else await change(signal);
      }
    },
  };
  return {
    line,
    /** As a broker that starts again on an empty disk. */
    lose: () => {
      generations.clear();
      tell();
    },
    reach: (is: boolean) => {
      isThere = is;
      tell();
    },
    /** Puts something on the newest generation that no feed holds. */
    spoil: (payload: unknown) => {
      newest()?.entries.push(payload);
      tell();
    },
  };
};
