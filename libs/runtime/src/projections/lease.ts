import type { Platform } from '#lumbung/kernel';
import type { Lease, Shared } from '#lumbung/read-store';

const LEASE_MS = 3_000;
const LOOK_MS = 500;

/** What one of several processes does, and the store that they share for it. */
export type Wanted = { name: string; shared: Shared };

/** What this process leads, by name, and the term in which it does. */
export type Held = ReadonlyMap<string, number>;

export type Contending = {
  wanted: readonly Wanted[];
  /** Told to whoever looks into the store; nothing is decided by it. */
  holder: string;
  platform: Pick<Platform, 'clock' | 'timers'>;
  /** Told whenever it leads something more, or something less. */
  onChange: (held: Held) => Promise<void>;
  onFailure: (error: unknown) => void;
};

const isSame = (a: Lease | undefined, b: Lease | undefined) =>
  a?.term === b?.term && a?.beat === b?.beat;

/**
 * One lease. Clocks of machines differ, so nobody writes a time: whoever holds it moves `beat` on,
 * and whoever wants it takes it when it has not seen that move for as long as a lease lasts by
 * its own clock that never runs backwards.
 */
class Claim {
  private seen: { lease: Lease | undefined; since_ms: number } | undefined;
  private own: { lease: Lease; since_ms: number } | undefined;

  constructor(
    readonly wanted: Wanted,
    private readonly given: Contending,
  ) {}

  /** The term in which it is held, as far as its own clock can tell. */
  get term(): number | undefined {
    return this.own && this.now - this.own.since_ms < LEASE_MS ? this.own.lease.term : undefined;
  }

  private get now(): number {
    return this.given.platform.clock.elapsed_ms();
  }

  async look(): Promise<void> {
    if (this.own) await this.goOn(this.own.lease);
    else await this.contend();
  }

  private async goOn(before: Lease): Promise<void> {
    const since_ms = this.now;
    const lease = { ...before, beat: before.beat + 1 };
    const isOwn = await this.wanted.shared.setLease(this.wanted.name, lease, before);
    this.own = isOwn ? { lease, since_ms } : undefined;
  }

  private async contend(): Promise<void> {
    const { name, shared } = this.wanted;
    const since_ms = this.now;
    const lease = await shared.lease(name);
    if (!this.seen || !isSame(lease, this.seen.lease)) this.seen = { lease, since_ms };
    const isFree = lease === undefined || lease.holder === '';
    if (!isFree && since_ms - this.seen.since_ms < LEASE_MS) return;
    const taken = { holder: this.given.holder, term: (lease?.term ?? 0) + 1, beat: 0 };
    const isOwn = await shared.setLease(name, taken, lease);
    if (isOwn) this.own = { lease: taken, since_ms };
  }

  async release(): Promise<void> {
    const { own, wanted } = this;
    this.own = undefined;
    if (own) await wanted.shared.setLease(wanted.name, { ...own.lease, holder: '' }, own.lease);
  }
}

/** The leases that a process contends for, and the work that they let it do. */
export class Leases {
  private readonly claims: Claim[];
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private told: Held = new Map();
  private telling: Promise<void> = Promise.resolve();

  constructor(private readonly given: Contending) {
    this.claims = given.wanted.map((wanted) => new Claim(wanted, given));
  }

  /** What is held now, as far as its own clock can tell. */
  get held(): Held {
    const held = new Map<string, number>();
    for (const { term, wanted } of this.claims) if (term !== undefined) held.set(wanted.name, term);
    return held;
  }

  start(): void {
    this.loop = this.run();
  }

  /** Ends the work, then leaves it to others at once. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
    this.tell(new Map());
    await this.telling;
    await Promise.allSettled(this.claims.map((claim) => claim.release()));
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      // A store that does not answer has renewed nothing, and time tells.
      await Promise.allSettled(this.claims.map((claim) => claim.look()));
      if (!signal.aborted) this.tell(this.held);
      await this.given.platform.timers.sleep(LOOK_MS, signal);
    }
  }

  /** One change after the other, while the leases are renewed beside them. */
  private tell(held: Held): void {
    const isNews =
      held.size !== this.told.size ||
      [...held].some(([name, term]) => this.told.get(name) !== term);
    if (!isNews) return;
    this.told = held;
    this.telling = this.telling
      .then(() => this.given.onChange(held))
      .catch((error) => this.given.onFailure(error));
  }
}
