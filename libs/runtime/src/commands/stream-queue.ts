import {
  type EventStore,
  type NewEvent,
  StoreUnavailable,
  WrongExpectedRevision,
} from '#lumbung/event-store';
import {
  atDeclaredVersion,
  businessDate,
  type Platform,
  type Recorded,
  retold,
  type StreamDeclaration,
} from '#lumbung/kernel';
import { checkpointOf, isCheckpointDue } from './checkpoint.js';
import { type Decision, decide, unavailable, type Waiting } from './decided.js';
import type { Limits } from './limits.js';
import { Loaded } from './loaded.js';

/**
 * A command's events, and the stream's revision and the log's position after it. The position is
 * one to wait for: events that shared an append carry the last of it.
 */
export type Executed = { events: Recorded[]; revision: number; position: bigint };

type Job = {
  waiting: Waiting;
  attempts: number;
  resolve: (executed: Executed) => void;
  reject: (error: unknown) => void;
};

type Settled = { job: Job; decision: Decision };

const eventsOf = ({ decision }: Settled): NewEvent[] =>
  decision.kind === 'happened' ? decision.events : [];

/** In order, each with `most` bytes of events at most, or with one command's. */
const inBatches = (settled: readonly Settled[], most: number): Settled[][] => {
  const batches: Settled[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const one of settled) {
    const size = one.decision.kind === 'happened' ? one.decision.bytes : 0;
    if (bytes + size > most) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(one);
    bytes += size;
  }
  return batches;
};

/**
 * One stream's commands, in turn. Those that wait together are decided one after the other on
 * the state in memory and appended at once; nobody is answered, and nobody refused, before what
 * was decided before him is durable.
 */
export class StreamQueue {
  private readonly waiting: Job[] = [];
  private loaded: Loaded | undefined;
  private running = false;

  constructor(
    private readonly store: EventStore,
    private readonly platform: Platform,
    private readonly stream: StreamDeclaration,
    private readonly id: string,
    private readonly limits: Limits,
  ) {}

  get isIdle(): boolean {
    return !this.running;
  }

  execute(waiting: Waiting): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ waiting, attempts: 0, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    // Commands that arrive in the same turn of the loop share one append.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.turn();
    this.running = false;
  }

  private async turn(): Promise<void> {
    try {
      const { checkpoint } = this.limits;
      this.loaded ??= await Loaded.open(this.store, this.stream, this.id, checkpoint);
    } catch (error) {
      const reason =
        error instanceof StoreUnavailable ? unavailable('STORE_UNAVAILABLE', error) : error;
      for (const job of this.waiting.splice(0)) job.reject(reason);
      return;
    }
    const loaded = this.loaded;
    const before = loaded.revision;
    const { settled, failed } = this.decideWaiting(loaded);
    const isDurable = await this.appendAll(settled, before);
    if (failed || !isDurable) this.loaded = undefined;
    else await this.strikeCheckpoint(loaded, settled);
  }

  private decideWaiting(loaded: Loaded) {
    const settled: Settled[] = [];
    let bytes = 0;
    while (this.waiting.length > 0 && bytes < this.limits.batch_bytes) {
      const job = this.waiting.shift() as Job;
      try {
        const now = this.platform.clock.now();
        const decision = decide(this.stream, loaded, job.waiting, now);
        settled.push({ job, decision });
        if (decision.kind === 'happened') bytes += decision.bytes;
      } catch (error) {
        // A bug may have left the state half written: answer this one, and load the state anew.
        job.reject(error);
        return { settled, failed: true };
      }
    }
    return { settled, failed: false };
  }

  /** False when the state in memory is not what is stored. */
  private async appendAll(settled: readonly Settled[], before: number): Promise<boolean> {
    const batches = inBatches(settled, this.limits.batch_bytes);
    let revision = before;
    for (const [index, batch] of batches.entries()) {
      const events = batch.flatMap(eventsOf);
      try {
        const position = await this.append(revision, events);
        await this.answer(batch, revision, position);
        revision += events.length;
      } catch (error) {
        this.giveBack(batches.slice(index).flat(), error);
        return false;
      }
    }
    return true;
  }

  /**
   * The position after the batch. An append proves that nobody else wrote since the state was
   * read; where there is nothing to append, only a look at the stream can tell whether a refusal
   * was decided on state that has passed.
   */
  private async append(before: number, events: NewEvent[]): Promise<bigint> {
    if (events.length > 0) {
      const appended = await this.store.append(this.id, events, before < 0 ? 'none' : before);
      return appended.position;
    }
    if (!this.store.exclusive) {
      for await (const [next] of this.store.readStream(this.id, { from: before + 1, limit: 1 })) {
        if (next) throw new WrongExpectedRevision(this.id, before, next.revision);
      }
    }
    return (await this.store.head()) ?? 0n;
  }

  private async answer(batch: readonly Settled[], before: number, position: bigint) {
    let revision = before;
    for (const { job, decision } of batch) {
      if (decision.kind === 'refused') job.reject(decision.rejection);
      if (decision.kind === 'answered') await this.answerAgain(job, decision);
      if (decision.kind !== 'happened') continue;
      const events = decision.events.map((event, index) => ({
        ...event,
        stream: this.id,
        revision: revision + 1 + index,
        position,
      }));
      revision += events.length;
      job.resolve({ events, revision, position });
    }
  }

  private async answerAgain(job: Job, { first, count }: { first: number; count: number }) {
    try {
      const events: Recorded[] = [];
      for await (const batch of this.store.readStream(this.id, { from: first, limit: count })) {
        events.push(...batch.map((event) => this.latest(event)));
      }
      const last = events.at(-1);
      if (!last) throw new TypeError(`${this.id} has lost revision ${first}`);
      job.resolve({ events, revision: last.revision, position: last.position });
    } catch (error) {
      job.reject(unavailable('STORE_UNAVAILABLE', error));
    }
  }

  private latest(event: Recorded): Recorded {
    const declaration = this.stream.declaration(event.type);
    return retold(event, (declaration && atDeclaredVersion(event, declaration)) ?? event);
  }

  private giveBack(settled: Settled[], error: unknown): void {
    if (error instanceof WrongExpectedRevision) this.decideAgain(settled);
    // No store would ever take it, so a sender that waits and tries again would do so for ever.
    else if (error instanceof TypeError) for (const { job } of settled) job.reject(error);
    else for (const { job } of settled) job.reject(unavailable('STORE_UNAVAILABLE', error));
  }

  private decideAgain(settled: Settled[]): void {
    for (const { job } of settled.reverse()) {
      job.attempts += 1;
      if (job.attempts < this.limits.attempts) this.waiting.unshift(job);
      else job.reject(unavailable('TOO_BUSY'));
    }
  }

  /** Its loss costs the next reader time, never a fact, so nobody fails by it. */
  private async strikeCheckpoint(loaded: Loaded, [first]: readonly Settled[]): Promise<void> {
    const { checkpoint } = this.stream;
    if (!checkpoint || !first || !isCheckpointDue(loaded, this.limits.checkpoint)) return;
    const { metadata, zone } = first.job.waiting;
    try {
      const now = loaded.remembered.notBefore(this.platform.clock.now());
      const { events, bytes } = checkpointOf(loaded, checkpoint, this.limits.checkpoint, {
        ...metadata,
        actor: 'system:checkpoint',
        role: 'system',
        issuedAt: now,
        recordedAt: now,
        businessDate: businessDate(now, zone),
      });
      // Each alone: together they may be more than a store takes at once.
      for (const event of events) {
        const { revision, position } = await this.store.append(this.id, [event], loaded.revision);
        loaded.fold({ ...event, stream: this.id, revision, position });
      }
      loaded.struck(bytes);
    } catch {
      this.loaded = undefined;
    }
  }
}
