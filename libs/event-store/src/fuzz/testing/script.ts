import type { Expected, Filter, NewEvent, Write } from '../../port.js';
import { metadataStream } from '../../retention.js';
import type { Chance } from './chance.js';
import type { Beside, Operation } from './operation.js';
import { anEvent, metadataEvent, TYPES } from './payload.js';

const CATEGORIES = ['a', 'b', 'ab', 'kept', 'ж🌾', 'a.b'];
// So that streams do not grow for ever; some of each lot outlive it.
const LOT = 1500;
const REOPENED_EVERY = 200;

/** What the script knows of the first store, to ask for what may well be right. */
export type Known = {
  /** How many events the log has. */
  count: number;
  /** The last revision of a stream, −1 where nothing was appended. */
  last(stream: string): number;
};

export class Script {
  private done = 0;
  private events = 0;
  private recent: Write[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly known: Known,
    private readonly isAtomic: boolean,
  ) {}

  next(): Operation {
    this.done++;
    if (this.done % REOPENED_EVERY === 0) return { do: 'reopen' };
    return this.chance.weighed<() => Operation>([
      [30, () => ({ do: 'append', ...this.write() })],
      [10, () => ({ do: 'append', ...this.retry() })],
      [6, () => ({ do: 'together', writes: this.writes(2 + this.chance.below(8), true) })],
      [
        this.isAtomic ? 6 : 0,
        () => ({ do: 'atomic', writes: this.writes(1 + this.chance.below(3)) }),
      ],
      [4, () => this.limited()],
      [4, () => this.ending('delete')],
      [1, () => this.ending('tombstone')],
      [14, () => this.streamRead()],
      [12, () => this.allRead()],
      [8, () => this.subscription()],
      [2, () => ({ do: 'head' })],
    ])();
  }

  private stream(): string {
    const { chance } = this;
    const lot = Math.floor(this.done / LOT) - (chance.happens(0.03) ? 1 : 0);
    const category = chance.pick(CATEGORIES);
    return chance.happens(0.05) ? category : `${category}-${lot}.${chance.below(6)}`;
  }

  private expected(stream: string): Expected {
    const last = this.known.last(stream);
    const right: Expected = last < 0 ? 'none' : last;
    return this.chance.weighed<Expected>([
      [60, right],
      [15, 'any'],
      [8, 'exists'],
      [6, 'none'],
      [4, Math.max(0, last - 1)],
      [4, last + 1],
      [3, this.chance.below(40)],
    ]);
  }

  private newEvents(): NewEvent[] {
    const { chance } = this;
    const count = chance.weighed([
      [60, 1],
      [30, 2 + chance.below(4)],
      [2, 30],
      [1, 0],
    ]);
    const events = Array.from({ length: count }, () => anEvent(chance, this.events++));
    const [first] = events;
    if (first && chance.happens(0.01)) first.type = '$own';
    return events;
  }

  private write(): Write {
    const stream = this.stream();
    const write = { stream, events: this.newEvents(), expected: this.expected(stream) };
    this.recent = [write, ...this.recent].slice(0, 60);
    return write;
  }

  /** What was appended once, or something that is near to it. */
  private retry(): Write {
    const { chance } = this;
    if (this.recent.length === 0) return this.write();
    const { stream, events, expected } = chance.pick(this.recent);
    const changed = chance.weighed<() => readonly NewEvent[]>([
      [12, () => events],
      [1, () => events.slice(0, -1)],
      [1, () => [...events].reverse()],
      [1, () => [...events, anEvent(chance, this.events++)]],
      [1, () => [anEvent(chance, this.events++), ...events.slice(1)]],
    ])();
    const at = chance.happens(0.85) ? expected : this.expected(stream);
    return { stream: chance.happens(0.97) ? stream : this.stream(), events: changed, expected: at };
  }

  private writes(count: number, mayRepeat = false): Write[] {
    const writes = Array.from({ length: count }, () =>
      mayRepeat && this.chance.happens(0.2) ? this.retry() : this.write(),
    );
    if (mayRepeat || this.chance.happens(0.1)) return writes;
    return writes.filter((write, at) => writes.findIndex((w) => w.stream === write.stream) === at);
  }

  private limited(): Operation {
    const stream = this.stream();
    const event = metadataEvent(this.chance, this.events++, this.known.last(stream));
    const own = metadataStream(stream);
    const expected = this.chance.happens(0.6) ? 'any' : this.expected(own);
    return { do: 'append', stream: own, events: [event], expected };
  }

  private ending(how: 'delete' | 'tombstone'): Operation {
    const stream = this.stream();
    return { do: how, stream, expected: this.expected(stream) };
  }

  private streamRead(): Operation {
    const { chance } = this;
    const stream = chance.happens(0.15) ? metadataStream(this.stream()) : this.stream();
    const last = this.known.last(stream);
    return {
      ...{ do: 'readStream', stream, direction: chance.pick(['forwards', 'backwards']) },
      ...(chance.happens(0.5) && { from: chance.below(last + 4) }),
      ...(chance.happens(0.5) && { limit: chance.below(6) }),
      mustExist: chance.happens(0.3),
    };
  }

  private filter(): Filter | undefined {
    const { chance } = this;
    const some = <T>(from: readonly T[]) => from.filter(() => chance.happens(0.3));
    return chance.weighed<Filter | undefined>([
      [6, undefined],
      [3, { types: some([...TYPES, '$metadata']) }],
      [3, { categories: some([...CATEGORIES, '$$a']) }],
      [2, { types: some(TYPES), categories: some(CATEGORIES) }],
      [1, {}],
    ]);
  }

  /** Near the end most often, as a log grows long. */
  private place(near: number): Beside {
    const { chance, known } = this;
    const back = chance.happens(0.9) ? chance.below(near) : chance.below(known.count);
    const rank = Math.max(0, known.count - 1 - back);
    return { rank, by: chance.weighed([[8, 0] as const, [1, -1] as const, [1, 1] as const]) };
  }

  private allRead(): Operation {
    const { chance, known } = this;
    const filter = this.filter();
    const direction = chance.pick(['forwards', 'backwards'] as const);
    const isWhole = known.count < 2000 && chance.happens(0.1);
    const from = chance.happens(0.9) && known.count > 0 ? this.place(300) : undefined;
    return {
      ...{ do: 'readAll', direction, system: chance.happens(0.3) },
      ...(filter && { filter }),
      ...(from && { from }),
      limit: isWhole ? 1e6 : chance.below(40),
    };
  }

  private subscription(): Operation {
    const { chance, known } = this;
    const filter = this.filter();
    const isWhole = known.count === 0 || (known.count < 2000 && chance.happens(0.1));
    return {
      ...{ do: 'subscribe', system: chance.happens(0.3), batchSize: 1 + chance.below(20) },
      ...(filter && { filter }),
      ...(!isWhole && { after: this.place(100) }),
      most: isWhole ? 1e6 : 1 + chance.below(60),
    };
  }
}
