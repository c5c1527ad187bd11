import type { FeedStatus } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import type { RegencyCode } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import type { FeedLine } from '#lumbung/transport';
import type { Engine } from '../engine.js';
import { shownPlace } from '../projections/source.js';
import { Publisher } from './publisher.js';
import { Relay } from './relay.js';

export type TellingOptions = {
  engine: Engine;
  line: FeedLine;
  /** Where the relay keeps how far it has read. */
  readStore: ReadStore;
  onFailure: (error: unknown) => void;
};

/** A regency telling what happens: recorded by the relay, and put on the line by the publisher. */
export class Telling {
  readonly store: EventStore;
  readonly regency: RegencyCode;
  private readonly relay: Relay;
  private readonly publisher: Publisher;

  constructor({ engine, line, readStore, onFailure }: TellingOptions) {
    const { store, commands, platform, told, observer } = engine;
    this.store = store;
    this.regency = commands.deployment.regency as RegencyCode;
    const { regency } = this;
    this.relay = new Relay({ store, readStore, regency, ...told, platform, observer, onFailure });
    this.publisher = new Publisher({ store, commands, line, regency, platform, onFailure });
  }

  get status(): FeedStatus {
    const { published, line } = this.publisher;
    const { told, parked } = this.relay;
    return { told, published, line, parked: parked ? shownPlace(parked) : null };
  }

  async start(): Promise<void> {
    await this.relay.start();
    this.publisher.start();
  }

  async stop(): Promise<void> {
    await this.publisher.stop();
    await this.relay.stop();
  }
}
