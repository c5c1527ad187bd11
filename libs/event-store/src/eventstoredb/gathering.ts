import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import type { Batch, Stored, Subscribe } from '../port.js';
import { fromClient } from './event.js';
import { type Passes, passing } from './filter.js';

const PAGE = 1000;

/** What a server says of where it is, in its order among the events. */
export type Mark = 'confirmed' | 'caughtUp' | 'fellBehind' | { checkpoint: bigint };

export type Item = AllStreamResolvedEvent | Mark;

/** What a consumer was told, whichever connection it came over. */
export type Told = { position: bigint | undefined; live: boolean };

const later = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** Makes batches of what one connection brings. */
export class Gathering {
  private readonly passes: Passes;
  private readonly limit: number;
  private events: Stored[] = [];
  private seen = 0;
  private position: bigint | undefined;
  private isTold = false;
  /** Undefined until the server has said so; old servers never do. */
  private isLive: boolean | undefined;

  /** `head` is the end of the log as it was before the server was asked. */
  constructor(
    options: Subscribe,
    private readonly head: bigint | undefined,
    private told: Told,
  ) {
    this.passes = passing(options);
    this.limit = Math.max(1, options.batchSize ?? PAGE);
    this.position = told.position;
  }

  isFull(): boolean {
    return this.events.length >= this.limit || this.seen >= PAGE;
  }

  add(item: Item): void {
    if (item === 'confirmed') return;
    if (item === 'fellBehind') this.isLive = false;
    else if (item === 'caughtUp') {
      this.isLive = true;
      // What it left out up to here is told of by nothing else.
      this.position = later(this.position, this.head);
    } else if ('checkpoint' in item) {
      this.position = later(this.position, item.checkpoint);
      this.isTold = true;
    } else if (item.event) this.addEvent(fromClient(item.event));
  }

  /** What is to be told now; `isAll` says that nothing more has come. */
  batch(isAll: boolean): Batch | undefined {
    const { events, position } = this;
    const live = isAll && this.isAtEnd();
    const isNews = position !== this.told.position || (live && !this.told.live);
    const isDue = live || this.isTold || this.isFull();
    if (!isDue || !isNews) return;
    this.told = { position, live };
    this.events = [];
    this.seen = 0;
    this.isTold = false;
    return { events, position, live };
  }

  private addEvent(event: Stored): void {
    this.position = event.position;
    this.seen++;
    if (this.passes(event)) this.events.push(event);
  }

  private isAtEnd(): boolean {
    const { head, position } = this;
    return this.isLive ?? (head === undefined || (position !== undefined && position >= head));
  }
}
