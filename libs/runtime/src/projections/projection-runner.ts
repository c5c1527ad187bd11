import type { Batch, EventStore } from '#lumbung/event-store';
import type { AnyProjection, Recorded } from '#lumbung/kernel';
import type { Checkpoint, Put } from '#lumbung/read-store';
import { Arrivals } from '../arrivals.js';
import { Building, checkpointAfter, isOfThisLog } from './building.js';
import { publicEvents, type Source } from './source.js';

const BATCH_EVENTS = 4_000;
const UNSAVED_EVENTS = 10_000;

type Feed = { source: Source; publish: ((event: Recorded) => Recorded[]) | undefined };

const earliest = (builds: readonly Building[]): bigint | undefined => {
  if (builds.some(({ position }) => position === undefined)) return undefined;
  return builds
    .map(({ position }) => position as bigint)
    .reduce((low, position) => (position < low ? position : low));
};

/**
 * Keeps read documents in step with the log: one subscription feeds all projections, each batch
 * folded in memory and written once, then the checkpoint. A rebuild runs beside the serving copy
 * and takes its place when it has caught up.
 */
export class ProjectionRunner {
  private readonly feeds: Feed[];
  private serving = new Map<string, Building>();
  private builds: Building[] = [];
  private joining: Building[] = [];
  private turn = new AbortController();
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private readonly running = new Set<Promise<void>>();
  private readonly rebuilds = new Set<string>();
  readonly arrivals = new Arrivals();

  constructor(
    private readonly store: EventStore,
    sources: readonly Source[],
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.feeds = sources.map((source) => ({
      source,
      publish: source.mappings && publicEvents(source.mappings),
    }));
  }

  /** Resolves when it has begun; a build that has none yet serves once it has caught up. */
  async start(): Promise<void> {
    for (const { source } of this.feeds) {
      for (const projection of source.projections) await this.open(source, projection);
    }
    const fresh = this.builds.filter(({ position }) => position === undefined);
    if (fresh.length < this.builds.length) {
      this.builds = this.builds.filter(({ position }) => position !== undefined);
      for (const build of fresh) this.buildBeside(build);
    }
    this.loop = this.run().catch((error) => this.fail(error));
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    this.turn.abort();
    await this.loop;
    await Promise.allSettled(this.running);
  }

  /** The build that answers queries; none while a first or newer one is still being built. */
  servingBuild(projection: AnyProjection): Building | undefined {
    return this.serving.get(projection.name);
  }

  get position(): bigint | undefined {
    return this.builds.length === 0 ? undefined : earliest(this.builds);
  }

  get isServingAll(): boolean {
    return this.feeds.every(({ source }) =>
      source.projections.every(({ name }) => this.serving.has(name)),
    );
  }

  /** Projections that do not serve yet, or are being built anew. */
  get building(): string[] {
    return this.projections.filter((name) => !this.serving.has(name) || this.rebuilds.has(name));
  }

  get projections(): string[] {
    return this.feeds.flatMap(({ source }) => source.projections.map(({ name }) => name));
  }

  /** Builds anew beside the serving copy; resolves when the new build serves. */
  async rebuild(name: string): Promise<void> {
    const current = this.serving.get(name);
    if (!current) throw new TypeError(`no projection ${name} serves here`);
    const next = new Building(current.source, current.projection, current.build + 1);
    await next.source.readStore.drop(next.collection);
    this.rebuilds.add(name);
    this.buildBeside(next);
    await this.untilServing(next);
    this.rebuilds.delete(name);
  }

  /** Resolves when every projection has a build that serves, or when the runner stops. */
  async untilServingAll(): Promise<void> {
    while (!this.isServingAll && !this.stopped.signal.aborted) await this.arrivals.next();
  }

  private async untilServing(build: Building): Promise<void> {
    while (this.serving.get(build.projection.name) !== build) {
      if (this.stopped.signal.aborted) return;
      await this.arrivals.next();
    }
  }

  private async open(source: Source, projection: AnyProjection): Promise<void> {
    const { readStore } = source;
    const number = await readStore.pointer(`${projection.name}_v${projection.version}`);
    const build = new Building(source, projection, Number(number ?? 1));
    const checkpoint = await readStore.checkpoint(build.collection.name);
    if (checkpoint && (await isOfThisLog(this.store, checkpoint))) {
      build.position = BigInt(checkpoint.position);
      if (number !== undefined) this.serving.set(projection.name, build);
    } else {
      // What was read of another log is void.
      await readStore.drop(build.collection);
    }
    this.builds.push(build);
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.turn = new AbortController();
      this.builds.push(...this.joining.splice(0));
      if (this.builds.length === 0) {
        await this.arrivals.next();
        continue;
      }
      const options = { after: earliest(this.builds), signal: this.turn.signal };
      for await (const batch of this.store.subscribe({ ...options, batchSize: BATCH_EVENTS })) {
        await this.apply(this.builds, batch);
        if (batch.live) await this.serveAll();
        this.arrivals.reached(this.position);
        if (this.joining.length > 0) break;
      }
    }
  }

  /** Runs a build's own subscription until it is near the end, then lets it join the others. */
  private buildBeside(build: Building): void {
    const catchUp = async () => {
      const { signal } = this.stopped;
      for await (const batch of this.store.subscribe({ signal, batchSize: BATCH_EVENTS })) {
        await this.apply([build], batch);
        if (batch.live) break;
      }
      this.joining.push(build);
      this.turn.abort();
      this.arrivals.reached(this.position);
    };
    const caughtUp = catchUp().catch((error) => this.fail(error));
    this.running.add(caughtUp);
    void caughtUp.finally(() => this.running.delete(caughtUp));
  }

  /** Services fold beside each other: their documents and stores have nothing in common. */
  private async apply(builds: readonly Building[], batch: Batch): Promise<void> {
    const checkpoint = checkpointAfter(this.store.id, batch);
    await Promise.all(
      this.feeds.map((feed) => {
        const own = builds.filter(({ source }) => source === feed.source);
        return this.applyTo(feed, own, batch, checkpoint);
      }),
    );
    for (const build of builds) build.position = later(build.position, batch.position);
  }

  private async applyTo(
    { source, publish }: Feed,
    builds: readonly Building[],
    batch: Batch,
    checkpoint: Checkpoint | undefined,
  ): Promise<void> {
    if (!checkpoint || builds.length === 0) return;
    const events = publish ? batch.events.flatMap(publish) : batch.events;
    const puts: Put[] = [];
    for (const build of builds) puts.push(...(await build.fold(events)));
    for (const build of builds) build.unsaved += batch.events.length;
    // Events that change nothing here need no commit of their own; reading them again is cheap.
    if (puts.length === 0 && builds.every(({ unsaved }) => unsaved < UNSAVED_EVENTS)) return;
    const names = builds.map(({ collection }) => [collection.name, checkpoint]);
    await source.readStore.put(puts, Object.fromEntries(names));
    for (const build of builds) build.unsaved = 0;
  }

  private async serveAll(): Promise<void> {
    for (const build of this.builds) {
      const { name } = build.projection;
      const previous = this.serving.get(name);
      if (previous && previous.build >= build.build) continue;
      await build.source.readStore.setPointer(build.pointer, String(build.build));
      this.serving.set(name, build);
      this.builds = this.builds.filter((other) => other !== previous);
      if (previous) await previous.source.readStore.drop(previous.collection);
    }
  }

  private fail(error: unknown): void {
    if (!this.stopped.signal.aborted) this.onFailure(error);
  }
}

const later = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
