import { platformRejections } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { type Recorded, type State, type StreamDeclaration, Unavailable } from '#lumbung/kernel';
import { latestCheckpoint, sizeOf } from './checkpoint.js';
import type { Limits } from './limits.js';
import { Remembered } from './remembered.js';

/**
 * A stream as it is held in memory between commands: the state of its slices, the revision up to
 * which it was folded (−1 for a stream that does not exist), and the commands it remembers.
 */
export class Loaded {
  revision = -1;
  /** Since the last checkpoint, to tell when the next is worth its bytes. */
  eventsSince = 0;
  bytesSince = 0;
  checkpointBytes = 0;

  private constructor(
    private readonly stream: StreamDeclaration,
    readonly id: string,
    readonly state: State,
    readonly remembered: Remembered,
  ) {}

  static async open(
    store: EventStore,
    stream: StreamDeclaration,
    id: string,
    limits: Limits['checkpoint'],
  ): Promise<Loaded> {
    const checkpoint = await latestCheckpoint(store, stream, id, limits);
    const loaded = new Loaded(
      stream,
      id,
      checkpoint?.state ?? stream.initial(),
      checkpoint ? Remembered.from(checkpoint.remembered) : new Remembered(),
    );
    loaded.revision = checkpoint?.asOf ?? -1;
    loaded.checkpointBytes = checkpoint?.bytes ?? 0;
    for await (const batch of store.readStream(id, { from: loaded.revision + 1 })) {
      for (const event of batch) loaded.fold(event);
    }
    return loaded;
  }

  fold(event: Recorded): void {
    if (event.type === this.stream.checkpoint?.event.type) {
      this.remembered.reach(event.metadata.recordedAt);
    } else {
      if (!this.stream.evolve(this.state, event)) {
        const code = 'STREAM_NEWER_THAN_CODE';
        throw new Unavailable(code, platformRejections[code]);
      }
      this.remembered.record(event.metadata, event.revision);
      this.eventsSince += 1;
      this.bytesSince += sizeOf(event.data);
    }
    this.revision = event.revision;
  }

  /** A whole checkpoint of `bytes` bytes has been appended and folded. */
  struck(bytes: number): void {
    this.eventsSince = 0;
    this.bytesSince = 0;
    this.checkpointBytes = bytes;
  }
}
