import type { Platform } from '#lumbung/kernel';
import type { Lease, ReadStore, Shared } from '#lumbung/read-store';
import type { Held } from './lease.js';

// Whoever reads looks at the pointers more often than this.
const GRACE_MS = 10_000;
// Code that has not led a projection for so long is not coming back.
const UNUSED_MS = 10 * 60_000;

const BUILD = /^(.+_v\d+)_\d+$/;

type Watched = { lease: Lease | undefined; since_ms: number };

/**
 * Drops the builds of a shared store that nobody needs: what no pointer names, and what belongs
 * to a version of which no code has held the lease for ten minutes.
 */
export class UnusedBuilds {
  private readonly unpointed = new Map<string, number>();
  private readonly others = new Map<string, Watched>();

  constructor(
    private readonly readStore: ReadStore & { shared: Shared },
    private readonly holder: string,
    private readonly clock: Platform['clock'],
  ) {}

  /** `held` is what this process leads, `builds` the collections that it writes or reads. */
  async sweep(held: Held, builds: ReadonlySet<string>): Promise<void> {
    for (const name of await this.readStore.shared.builds()) {
      const [, pointer = ''] = BUILD.exec(name) ?? [];
      if (held.has(pointer)) await this.sweepOwn(name, pointer, builds);
      else if (pointer !== '') await this.sweepOther(name, pointer);
    }
  }

  private async sweepOwn(name: string, pointer: string, builds: ReadonlySet<string>) {
    const pointed = await this.readStore.pointer(pointer);
    if (builds.has(name) || name === `${pointer}_${pointed}`) {
      this.unpointed.delete(name);
      return;
    }
    const now_ms = this.clock.elapsed_ms();
    const since_ms = this.unpointed.get(name) ?? now_ms;
    this.unpointed.set(name, since_ms);
    if (now_ms - since_ms < GRACE_MS) return;
    await this.drop(name);
    this.unpointed.delete(name);
  }

  private async sweepOther(name: string, pointer: string): Promise<void> {
    const { shared } = this.readStore;
    const now_ms = this.clock.elapsed_ms();
    const lease = await shared.lease(pointer);
    const known = this.others.get(pointer);
    if (!known || known.lease?.term !== lease?.term || known.lease?.beat !== lease?.beat) {
      this.others.set(pointer, { lease, since_ms: now_ms });
      return;
    }
    if (now_ms - known.since_ms < UNUSED_MS) return;
    // Held while it is cleared away, so that whoever comes back after all begins anew.
    const taken = { holder: this.holder, term: (lease?.term ?? 0) + 1, beat: 0 };
    if (!(await shared.setLease(pointer, taken, lease))) return;
    if (await shared.point(pointer, undefined, taken.term)) await this.drop(name);
    await shared.setLease(pointer, { ...taken, holder: '' }, taken);
    this.others.delete(pointer);
  }

  private drop(name: string): Promise<void> {
    return this.readStore.drop({ name, indexes: {} });
  }
}
