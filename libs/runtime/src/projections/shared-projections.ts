import { platformRejections, type Rebuilt } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, type Platform, Unavailable } from '#lumbung/kernel';
import type { ReadStore, Shared } from '#lumbung/read-store';
import { Arrivals } from '../arrivals.js';
import { type Building, pointerOf } from './building.js';
import type { Held } from './lease.js';
import { PointedBuilds } from './pointed-builds.js';
import { ProjectionRunner, type Projections } from './projection-runner.js';
import type { Source } from './source.js';
import { UnusedBuilds } from './unused-builds.js';

const LOOK_MS = 500;
const SWEEP_MS = 5_000;

/** Another has led since; what was meant to be pointed to is nobody's now. */
class Superseded extends Error {
  override readonly name = 'Superseded';
}

type Sharing = ReadStore & { shared: Shared };

/** A read store that several processes can share. Throws TypeError for one that they cannot. */
export const sharing = (readStore: ReadStore): Sharing => {
  const { shared } = readStore;
  if (!shared) throw new TypeError('this read store belongs to one process');
  return { ...readStore, shared };
};

export type SharedSource = Source & { readStore: Sharing };

export type SharedOptions = {
  store: EventStore;
  sources: readonly SharedSource[];
  platform: Pick<Platform, 'clock' | 'timers'>;
  holder: string;
  /** What this process leads now, as far as its own clock can tell. */
  held: () => Held;
  onFailure: (error: unknown) => void;
};

/** A store whose pointers move only in the terms that are held, and whose builds are swept. */
const inTerms = (readStore: Sharing, held: Held): ReadStore => ({
  ...readStore,
  setPointer: async (name, value) => {
    if (!(await readStore.shared.point(name, value, held.get(name) ?? 0))) throw new Superseded();
  },
  drop: async () => undefined,
});

/**
 * The projections of a store that several processes share. What this one leads it keeps in step
 * with the log; of the rest it reads what others have written. A lease only saves work: a leader
 * that was asleep and goes on does no harm, since documents are guarded by their positions,
 * pointers by terms, and a build is written in one term only.
 */
export class SharedProjections implements Projections {
  private readonly pointed: PointedBuilds;
  private readonly unused: UnusedBuilds[];
  private readonly stopped = new AbortController();
  private running: Promise<unknown> = Promise.resolve();
  private leading: ProjectionRunner | undefined;
  private readonly idle = new Arrivals();

  constructor(private readonly options: SharedOptions) {
    const { sources, platform, holder } = options;
    this.pointed = new PointedBuilds(sources, platform.clock);
    this.unused = sources.map(
      ({ readStore }) => new UnusedBuilds(readStore, holder, platform.clock),
    );
  }

  async start(): Promise<void> {
    await this.pointed.look();
    const every = async (pause_ms: number, act: () => Promise<unknown>) => {
      const { signal } = this.stopped;
      while (!signal.aborted) {
        await this.options.platform.timers.sleep(pause_ms, signal);
        // A store that does not answer is asked again; what is known by then grows stale.
        if (!signal.aborted) await act().catch(() => undefined);
      }
    };
    this.running = Promise.all([
      every(LOOK_MS, () => this.pointed.look()),
      every(SWEEP_MS, () => this.sweep()),
    ]);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.leading?.stop();
    await this.running;
  }

  /** Follows the log with what is held now, and leaves the rest to others. */
  async lead(held: Held): Promise<void> {
    const { store, sources, onFailure } = this.options;
    await this.leading?.stop();
    this.leading = undefined;
    for (const { readStore, projections } of sources) {
      for (const name of projections.map(pointerOf)) {
        const term = held.get(name);
        // From now on whoever led before points nowhere.
        if (term !== undefined) await readStore.shared.fence(name, term);
      }
    }
    const led = sources.map((source) => ({
      ...source,
      readStore: inTerms(source.readStore, held),
      projections: source.projections.filter((one) => held.has(pointerOf(one))),
      termOf: (one: AnyProjection) => held.get(pointerOf(one)) ?? 0,
    }));
    if (led.every(({ projections }) => projections.length === 0)) return;
    const runner = new ProjectionRunner(store, led, (error) => {
      if (!(error instanceof Superseded)) onFailure(error);
    });
    await runner.start();
    this.leading = runner;
  }

  servingBuild(projection: AnyProjection): Building | undefined {
    const isLed = this.options.held().has(pointerOf(projection));
    return (
      (isLed ? this.leading?.servingBuild(projection) : undefined) ?? this.pointed.of(projection)
    );
  }

  private get all(): AnyProjection[] {
    return this.options.sources.flatMap(({ projections }) => [...projections]);
  }

  get projections(): string[] {
    return this.all.map(({ name }) => name);
  }

  /** Nothing where others lead: they know better. */
  get position(): bigint | undefined {
    return this.leading?.position;
  }

  get arrivals(): Arrivals {
    return this.leading?.arrivals ?? this.idle;
  }

  get isServingAll(): boolean {
    return this.all.every((one) => this.servingBuild(one) !== undefined);
  }

  get building(): string[] {
    const unread = this.all.filter((one) => !this.servingBuild(one)).map(({ name }) => name);
    return [...new Set([...unread, ...(this.leading?.building ?? [])])];
  }

  get rebuilding(): Building[] {
    return this.leading?.rebuilding ?? [];
  }

  get parked(): Building[] {
    return this.leading?.parked ?? [];
  }

  /** As `ProjectionRunner.rebuild`; `Unavailable` where others lead. */
  async rebuild(only?: string): Promise<Rebuilt[]> {
    const code = 'SERVICE_UNAVAILABLE';
    if (!this.leading) throw new Unavailable(code, platformRejections[code]);
    return this.leading.rebuild(only);
  }

  async untilServingAll(): Promise<void> {
    const { signal } = this.stopped;
    while (!this.isServingAll && !signal.aborted) {
      await this.options.platform.timers.sleep(LOOK_MS, signal);
    }
  }

  private async sweep(): Promise<void> {
    const builds = new Set(this.leading?.collections);
    for (const unused of this.unused) await unused.sweep(this.options.held(), builds);
  }
}
