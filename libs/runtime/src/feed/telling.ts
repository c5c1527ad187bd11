import { type FeedStatus, type ParkedKey, platformRejections } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { type RegencyCode, refuse } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import type { FeedLine } from '#lumbung/transport';
import type { Engine } from '../engine.js';
import type { Waits } from '../parking/parkings.js';
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

/** A relay that waits for newer code, as any other reader that cannot take what is next. */
const waitingOf = (relay: Relay, key: string): Waits => {
  const notParked = async () => {
    throw refuse(platformRejections, 'NOT_PARKED');
  };
  const waiting = (): ParkedKey[] => {
    if (!relay.parked) return [];
    const { type, version } = relay.parked;
    const reason = `${type} v${version}`;
    return [
      { reader: 'relay', key, code: 'STREAM_NEWER_THAN_CODE', reason, attempts: 1, waiting: 1 },
    ];
  };
  return {
    reader: 'relay',
    get count() {
      return waiting().length;
    },
    list: async () => waiting(),
    ...{ show: notParked, retry: notParked, drop: notParked },
  };
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
    engine.parkings.add(waitingOf(this.relay, regency));
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
