import { type EventStore, type NewEvent, WrongExpectedRevision } from '#lumbung/event-store';
import {
  businessDate,
  type Platform,
  type Recorded,
  type StreamDeclaration,
} from '#lumbung/kernel';
import { checkpointOf, isCheckpointDue, sizeOf } from './checkpoint.js';
import { type Decision, decide, unavailable, type Waiting } from './decided.js';
import { Loaded } from './loaded.js';

const BATCH_BYTES = 512 * 1024;
const MAX_ATTEMPTS = 10;

export type Executed = { events: Recorded[]; revision: number; position: bigint };

type Job = Waiting & {
  attempts: number;
  resolve: (executed: Executed) => void;
  reject: (error: unknown) => void;
};

type Settled = { job: Job; decision: Decision };

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
  ) {}

  get isIdle(): boolean {
    return !this.running;
  }

  execute(waiting: Waiting): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...waiting, attempts: 0, resolve, reject });
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
      this.loaded ??= await Loaded.open(this.store, this.stream, this.id);
    } catch (error) {
      for (const job of this.waiting.splice(0)) job.reject(error);
      return;
    }
    const loaded = this.loaded;
    const before = loaded.revision;
    const { settled, events, failed } = this.decideWaiting(loaded);
    try {
      const position = await this.append(before, events);
      await this.answer(settled, before, position);
      if (failed) this.loaded = undefined;
    } catch (error) {
      this.loaded = undefined;
      if (error instanceof WrongExpectedRevision) this.decideAgain(settled);
      else for (const { job } of settled) job.reject(unavailable('STORE_UNAVAILABLE'));
    }
    if (this.loaded) await this.strikeCheckpoint(loaded, settled);
  }

  private decideWaiting(loaded: Loaded) {
    const settled: Settled[] = [];
    const events: NewEvent[] = [];
    let bytes = 0;
    let failed = false;
    while (this.waiting.length > 0 && bytes < BATCH_BYTES && !failed) {
      const job = this.waiting.shift() as Job;
      try {
        const decision = decide(this.stream, loaded, job, this.platform.clock.now());
        settled.push({ job, decision });
        if (decision.kind !== 'happened') continue;
        events.push(...decision.events);
        for (const event of decision.events) bytes += sizeOf(event.data) + sizeOf(event.metadata);
      } catch (error) {
        // A bug may have left the state half written: answer this one, and load the state anew.
        job.reject(error);
        failed = true;
      }
    }
    return { settled, events, failed };
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

  private async answer(settled: Settled[], before: number, position: bigint): Promise<void> {
    let revision = before;
    for (const { job, decision } of settled) {
      if (decision.kind === 'refused') job.reject(decision.rejection);
      if (decision.kind === 'answered') job.resolve(await this.firstAnswer(decision));
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

  private async firstAnswer({ first, count }: { first: number; count: number }) {
    const events: Recorded[] = [];
    for await (const batch of this.store.readStream(this.id, { from: first, limit: count })) {
      events.push(...batch);
    }
    const last = events.at(-1);
    if (!last) throw new TypeError(`${this.id} has lost revision ${first}`);
    return { events, revision: last.revision, position: last.position };
  }

  /** Its loss costs the next reader time, never a fact, so nobody fails by it. */
  private async strikeCheckpoint(loaded: Loaded, settled: Settled[]): Promise<void> {
    const { checkpoint } = this.stream;
    const [first] = settled;
    if (!checkpoint || !first || !isCheckpointDue(loaded)) return;
    const now = this.platform.clock.now();
    const { events, bytes } = checkpointOf(loaded, checkpoint, {
      ...first.job.metadata,
      actor: 'system:checkpoint',
      role: 'system',
      issuedAt: now,
      recordedAt: now,
      businessDate: businessDate(now, first.job.zone),
    });
    try {
      const { revision } = await this.store.append(this.id, events, loaded.revision);
      loaded.struck(revision, bytes);
    } catch {
      this.loaded = undefined;
    }
  }

  private decideAgain(settled: Settled[]): void {
    for (const { job } of settled.reverse()) {
      job.attempts += 1;
      if (job.attempts < MAX_ATTEMPTS) this.waiting.unshift(job);
      else job.reject(unavailable('TOO_BUSY'));
    }
  }
}
