import { type EventStore, RawPayload, type Stored, type Write } from '../../port.js';
import type { Beside, Operation } from './operation.js';

/** A store, under the same script as others. */
export type Opening = {
  name: string;
  open: () => Promise<EventStore>;
  /** Opens it again when it was closed; absent where that would be another store. */
  reopen?: () => Promise<EventStore>;
};

const plain = (payload: unknown): unknown => {
  if (payload instanceof RawPayload) return { raw: [...payload.bytes], isJson: payload.isJson };
  return payload instanceof Uint8Array ? [...payload] : payload;
};

type Refused = { stream?: string; expected?: unknown; actual?: unknown };

const refusal = (error: unknown) => {
  const { name } = error as Error;
  const { stream, expected, actual } = error as Refused;
  // What is wrong is said in the words of each.
  return {
    refused: name === 'Error' ? (error as Error).constructor.name : name,
    stream,
    expected,
    actual,
  };
};

const outcome = async <T>(act: () => Promise<T>): Promise<unknown> => {
  try {
    return await act();
  } catch (error) {
    return refusal(error);
  }
};

/** Does what it is told, and says what came of it in words that are the same for all stores. */
export class Row {
  private store: EventStore | undefined;
  private readonly positions: bigint[] = [];
  private readonly ranks = new Map<bigint, number>();
  private readonly lasts = new Map<string, number>();
  private readonly ids = new Set<string>();
  private lastCreated = 0;
  private checked = 0;

  constructor(private readonly opening: Opening) {}

  get name(): string {
    return this.opening.name;
  }

  get count(): number {
    return this.positions.length;
  }

  last(stream: string): number {
    return this.lasts.get(stream) ?? -1;
  }

  async open(): Promise<void> {
    this.store = await this.opening.open();
  }

  async close(): Promise<void> {
    await this.store?.close();
  }

  /** The answer, and all that is new in the log. */
  async run(operation: Operation): Promise<unknown> {
    const answer = await this.answer(operation);
    const isWrite = !['readStream', 'readAll', 'subscribe', 'head'].includes(operation.do);
    return isWrite ? { grown: await this.grown(), answer: this.ranked(answer) } : answer;
  }

  private opened(): EventStore {
    if (!this.store) throw new Error('the row is not open');
    return this.store;
  }

  private answer(operation: Operation): Promise<unknown> {
    const store = this.opened();
    switch (operation.do) {
      case 'append':
        return this.append(operation);
      case 'together':
        return Promise.all(operation.writes.map((write) => this.append(write)));
      case 'atomic':
        this.know(operation.writes);
        return outcome(async () => store.appendAtomic?.(operation.writes));
      case 'delete':
        return outcome(() => store.delete(operation.stream, operation.expected));
      case 'tombstone':
        return outcome(() => store.tombstone(operation.stream, operation.expected));
      case 'readStream':
        return this.readStream(operation);
      case 'readAll':
        return this.readAll(operation);
      case 'subscribe':
        return this.subscribe(operation);
      case 'head':
        return outcome(async () => this.rankOf(await store.head()));
      case 'reopen':
        return this.reopen();
    }
  }

  private know(writes: readonly Write[]): void {
    for (const { events } of writes) for (const { id } of events) this.ids.add(id);
  }

  private append(write: Write): Promise<unknown> {
    this.know([write]);
    return outcome(() => this.opened().append(write.stream, write.events, write.expected));
  }

  private readStream({
    stream,
    direction,
    from,
    limit,
    mustExist,
  }: Operation & { do: 'readStream' }) {
    const options = {
      ...{ direction, mustExist },
      ...(from !== undefined && { from }),
      ...(limit !== undefined && { limit }),
    };
    return outcome(() => this.all(this.opened().readStream(stream, options)));
  }

  private readAll({ from, direction, limit, filter, system }: Operation & { do: 'readAll' }) {
    const options = {
      ...{ direction, limit, system },
      ...(from && { from: this.positionAt(from) }),
      ...(filter && { filter }),
    };
    return outcome(() => this.all(this.opened().readAll(options)));
  }

  /** The events, and how far they reach when all were given. */
  private subscribe({ after, most, filter, ...rest }: Operation & { do: 'subscribe' }) {
    const { system, batchSize } = rest;
    const options = {
      ...{ system, batchSize },
      ...(after && { after: this.positionAt(after) }),
      ...(filter && { filter }),
    };
    return outcome(async () => {
      const events: unknown[] = [];
      for await (const batch of this.opened().subscribe(options)) {
        events.push(...batch.events.map((event) => this.said(event)));
        const { position, live } = batch;
        const isAll = live && position === this.positions.at(-1);
        const isPast = live && after !== undefined && position === options.after;
        if (isAll || isPast) return { events: events.slice(0, most), isAll: events.length <= most };
        if (events.length > most) break;
      }
      return { events: events.slice(0, most), isAll: false };
    });
  }

  private async reopen(): Promise<unknown> {
    const { reopen } = this.opening;
    if (reopen) {
      await this.store?.close();
      this.store = await reopen();
    }
    const from = this.positions[this.checked];
    this.checked = this.positions.length;
    const since = { system: true, ...(from !== undefined && { from }) };
    return this.all(this.opened().readAll(since));
  }

  private async grown(): Promise<unknown[]> {
    const last = this.positions.at(-1);
    const since = { system: true, ...(last !== undefined && { from: last }) };
    const grown: unknown[] = [];
    for await (const batch of this.opened().readAll(since)) {
      for (const event of batch) {
        if (this.ranks.has(event.position)) continue;
        this.learn(event);
        grown.push(this.said(event));
      }
    }
    return grown;
  }

  private learn({ position, stream, revision, created }: Stored): void {
    const last = this.positions.at(-1) ?? -1n;
    if (position <= last) throw new Error(`${this.name}: ${position} comes after ${last}`);
    if (created < this.lastCreated) throw new Error(`${this.name}: time runs backwards`);
    this.lastCreated = created;
    this.ranks.set(position, this.positions.length);
    this.positions.push(position);
    this.lasts.set(stream, revision);
  }

  private positionAt({ rank, by }: Beside): bigint {
    return (this.positions[rank] ?? 0n) + BigInt(by);
  }

  private rankOf(position: bigint | undefined): number | string | undefined {
    if (position === undefined) return;
    return this.ranks.get(position) ?? `no event is at ${position}`;
  }

  /** With ranks for positions, wherever the answer has them. */
  private ranked(answer: unknown): unknown {
    if (typeof answer === 'bigint') return this.rankOf(answer);
    if (Array.isArray(answer)) return answer.map((part) => this.ranked(part));
    if (typeof answer !== 'object' || answer === null || !('position' in answer)) return answer;
    return { ...answer, position: this.rankOf(answer.position as bigint) };
  }

  private async all(batches: AsyncIterable<Stored[]>): Promise<unknown[]> {
    const events: unknown[] = [];
    for await (const batch of batches) events.push(...batch.map((event) => this.said(event)));
    return events;
  }

  private said(event: Stored) {
    const { id, stream, revision, type, version, data, metadata, position } = event;
    return {
      // The ids of a store's own events are its own.
      id: this.ids.has(id) ? id : 'its own',
      ...{ stream, revision, type, version, rank: this.rankOf(position) },
      ...{ data: plain(data), metadata: plain(metadata) },
      ...{ rawData: plain(event.rawData), rawMetadata: plain(event.rawMetadata) },
    };
  }
}
