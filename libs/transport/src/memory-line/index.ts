import type { FeedEntry } from '#lumbung/kernel';
import { type FeedLine, type Heard, type LineGeneration, LineUnavailable } from '../feed/line.js';

type Held = { generation: number; name: string; entries: unknown[] };

const shown = ({ generation, name, entries }: Held): LineGeneration => ({
  ...{ generation, name, last: entries.length },
});

/** A line within one process; it may be told to lose what it holds, or to be out of reach. */
class MemoryLine implements FeedLine {
  private readonly generations = new Map<number, Held>();
  private watching: (() => void)[] = [];
  private isThere = true;

  async latest(): Promise<LineGeneration | undefined> {
    const found = this.newest();
    return found && shown(found);
  }

  async entry({ generation }: LineGeneration, sequence: number): Promise<unknown> {
    return this.held(generation).entries[sequence - 1];
  }

  async begin(generation: number): Promise<LineGeneration> {
    this.newest();
    const made = { generation, name: `line-${generation}`, entries: [] };
    const held = this.generations.get(generation) ?? made;
    this.generations.set(generation, held);
    this.tell();
    return shown(held);
  }

  async end({ generation }: LineGeneration): Promise<void> {
    this.generations.delete(generation);
    this.tell();
  }

  async publish({ generation }: LineGeneration, entry: FeedEntry): Promise<void> {
    const { entries } = this.held(generation);
    if (entry.sequence <= entries.length) return;
    if (entry.sequence > entries.length + 1) throw new LineUnavailable('not the next');
    entries.push(structuredClone(entry));
    this.tell();
  }

  async *listen(_: string, after: number, signal: AbortSignal): AsyncGenerator<Heard[]> {
    const listened = this.newest();
    if (!listened) throw new LineUnavailable('nothing is carried yet');
    let next = after;
    while (!signal.aborted) {
      if (this.newest()?.generation !== listened.generation) return;
      const payloads = listened.entries.slice(next);
      next = listened.entries.length;
      if (payloads.length === 0) await this.change(signal);
      // Whoever listens again says himself where he is.
      else yield payloads.map((payload) => ({ payload, done: () => undefined }));
    }
  }

  /** As a broker that starts again on an empty disk. */
  lose(): void {
    this.generations.clear();
    this.tell();
  }

  reach(isThere: boolean): void {
    this.isThere = isThere;
    this.tell();
  }

  /** Puts something on the newest generation that no feed holds. */
  spoil(payload: unknown): void {
    this.newest()?.entries.push(payload);
    this.tell();
  }

  private held(generation: number): Held {
    const found = this.generations.get(generation);
    if (!found || !this.isThere) throw new LineUnavailable('out of reach');
    return found;
  }

  private newest(): Held | undefined {
    if (!this.isThere) throw new LineUnavailable('out of reach');
    return this.generations.get(Math.max(...this.generations.keys()));
  }

  private tell(): void {
    for (const wake of this.watching.splice(0)) wake();
  }

  private change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.watching.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

export const memoryLine = (): MemoryLine => new MemoryLine();
