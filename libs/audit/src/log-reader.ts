import type { EventStore } from '#lumbung/event-store';
import type { Recorded, Timers } from '#lumbung/kernel';

/** Reads the log once through, in the order of recording, as far as it is asked to. */
export class LogReader {
  events = 0;
  position: bigint | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly timers: Timers,
  ) {}

  /** For whoever reads on threads, and is asked how far he is. */
  reached({ events, position }: { events: number; position: bigint | undefined }): void {
    this.events = events;
    this.position = position;
  }

  /** Goes on from where it stopped, up to and with `head`. */
  async through(head: bigint | undefined, take: (event: Recorded) => void): Promise<void> {
    if (head === undefined || (this.position !== undefined && this.position >= head)) return;
    const from = this.position === undefined ? undefined : this.position + 1n;
    for await (const batch of this.store.readAll({ from })) {
      for (const event of batch) {
        if (event.position > head) return;
        take(event);
        this.events += 1;
        this.position = event.position;
      }
      // An embedded store reads without waiting, and a server has others to answer meanwhile.
      await this.timers.sleep(0);
    }
  }

  /** A stream from one of its revisions back to its first. */
  async *backwards(stream: string, from: number): AsyncGenerator<Recorded> {
    for await (const batch of this.store.readStream(stream, { direction: 'backwards', from })) {
      yield* batch;
      await this.timers.sleep(0);
    }
  }
}
