import { platformRejections } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, type Recorded, Unavailable } from '#lumbung/kernel';
import type { Checkpoint, Put } from '#lumbung/read-store';
import { Arrivals } from '../arrivals.js';
import { Building, checkpointAt, isOfThisLog } from './building.js';
import { publicEvents, type Source } from './source.js';

const BATCH_EVENTS = 4_000;
const UNSAVED_EVENTS = 10_000;

type Feed = { source: Source; publish: ((event: Recorded) => Recorded[]) | undefined };

/** A projection that waits for newer code, and why. */
export type Parked = { name: string; reason: string };

const earliest = (builds: readonly Building[]): bigint | undefined => {
  if (builds.some(({ position }) => position === undefined)) return undefined;
  return builds
    .map(({ position }) => position as bigint)
    .reduce((low, position) => (position < low ? position : low));
};

const isBehind = ({ position }: Building, end: Recorded): boolean =>
  position === undefined || position < end.position;

/**
 * Keeps read documents in step with the log: one subscription feeds all projections, each batch
 * folded in memory and written once, then the checkpoint. A rebuild runs beside the serving copy
 * and takes its place when it has caught up. A projection that meets an event newer than its code
 * stops before it, and the others go on.
 */
export class ProjectionRunner {
  private readonly feeds: Feed[];
  private serving = new Map<string, Building>();
  private builds: Building[] = [];
  private joining: Building[] = [];
  private readonly parkedBuilds = new Map<string, Building>();
  /** How far the log has been read for those who are not parked. */
  private read: bigint | undefined;
  private turn = new AbortController();
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private readonly running = new Set<Promise<void>>();
  private readonly rebuilds = new Map<string, Promise<void>>();
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
    this.end();
    await this.loop;
    await Promise.all(this.running);
  }

  /** The build that answers queries; none while a first or newer one is still being built. */
  servingBuild(projection: AnyProjection): Building | undefined {
    return this.serving.get(projection.name);
  }

  get position(): bigint | undefined {
    return this.builds.length === 0 ? this.read : earliest(this.builds);
  }

  get isServingAll(): boolean {
    return this.parkedBuilds.size === 0 && this.projections.every((name) => this.serving.has(name));
  }

  /** Projections that do not serve yet, are being built anew, or are parked. */
  get building(): string[] {
    return this.projections.filter(
      (name) => !this.serving.has(name) || this.rebuilds.has(name) || this.parkedBuilds.has(name),
    );
  }

  /** Projections that have met an event newer than their code; what they had read still serves. */
  get parked(): Parked[] {
    return [...this.parkedBuilds].map(([name, { parked }]) => ({
      name,
      reason: parked?.message ?? '',
    }));
  }

  get projections(): string[] {
    return this.feeds.flatMap(({ source }) => source.projections.map(({ name }) => name));
  }

  /**
   * Builds anew beside the serving copy; resolves when the new build serves. Asked again
   * meanwhile, it is the same build. Throws `UnknownVersion` when the build parks, and
   * `Unavailable` when the runner stops first.
   */
  rebuild(name: string): Promise<void> {
    const underWay = this.rebuilds.get(name);
    if (underWay) return underWay;
    const rebuilding = this.buildAnew(name).finally(() => this.rebuilds.delete(name));
    this.rebuilds.set(name, rebuilding);
    return rebuilding;
  }

  /** Resolves when every projection serves or is parked, or when the runner stops. */
  async untilServingAll(): Promise<void> {
    const isWaiting = (name: string) => !this.serving.has(name) && !this.parkedBuilds.has(name);
    while (this.projections.some(isWaiting) && !this.stopped.signal.aborted) {
      await this.arrivals.next();
    }
  }

  private async buildAnew(name: string): Promise<void> {
    if (!this.projections.includes(name)) throw new TypeError(`there is no projection ${name}`);
    const current = this.serving.get(name) ?? this.parkedBuilds.get(name);
    if (!current) return this.until(() => this.serving.has(name) || this.parkedBuilds.has(name));
    const next = new Building(current.source, current.projection, current.build + 1);
    await next.source.readStore.drop(next.collection);
    await this.buildBeside(next);
    await this.until(() => next.parked !== undefined || this.serving.get(name) === next);
    if (next.parked) throw next.parked;
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.stopped.signal.aborted) {
        const code = 'SERVICE_UNAVAILABLE';
        throw new Unavailable(code, platformRejections[code]);
      }
      await this.arrivals.next();
    }
  }

  private async open(source: Source, projection: AnyProjection): Promise<void> {
    const { readStore } = source;
    const number = await readStore.pointer(new Building(source, projection, 1).pointer);
    const build = new Building(source, projection, Number(number ?? 1));
    const checkpoint = await readStore.checkpoint(build.collection.name);
    if (checkpoint && (await isOfThisLog(this.store, checkpoint))) {
      build.position = BigInt(checkpoint.position);
      if (number !== undefined) this.serving.set(projection.name, build);
    } else {
      // What was read of another log is void.
      await readStore.drop(build.collection);
    }
    await this.dropStrays(build);
    this.builds.push(build);
  }

  /** What a process left that stopped in a rebuild: the next build, or the one before. */
  private async dropStrays({ source: { readStore }, build, collectionOf }: Building) {
    for (const stray of [build - 1, build + 1]) {
      const collection = collectionOf(stray);
      if (await readStore.checkpoint(collection.name)) await readStore.drop(collection);
    }
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.turn = new AbortController();
      this.builds.push(...this.joining.splice(0));
      const options = { after: this.position, signal: this.turn.signal };
      for await (const batch of this.store.subscribe({ ...options, batchSize: BATCH_EVENTS })) {
        await this.apply(this.builds, batch.events);
        this.read = batch.position;
        this.builds = this.builds.filter((build) => !this.parks(build));
        if (batch.live) await this.serveAll();
        this.arrivals.reached(this.position);
        if (this.joining.length > 0) break;
      }
    }
  }

  /** Runs a build's own subscription until it is near the end, then lets it join the others. */
  private buildBeside(build: Building): Promise<void> {
    const catchUp = async () => {
      const { signal } = this.stopped;
      for await (const batch of this.store.subscribe({ signal, batchSize: BATCH_EVENTS })) {
        await this.apply([build], batch.events);
        if (build.parked || batch.live) break;
      }
      if (!this.parks(build)) this.joining.push(build);
      this.turn.abort();
      this.arrivals.reached(this.position);
    };
    const caughtUp = catchUp().catch((error) => this.fail(error));
    this.running.add(caughtUp);
    return caughtUp.finally(() => this.running.delete(caughtUp));
  }

  private parks(build: Building): boolean {
    if (build.parked) this.parkedBuilds.set(build.projection.name, build);
    return build.parked !== undefined;
  }

  /** Services fold beside each other: their documents and stores have nothing in common. */
  private async apply(builds: readonly Building[], events: readonly Recorded[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    const behind = builds.filter((build) => isBehind(build, last));
    await Promise.all(
      this.feeds.map((feed) => {
        const own = behind.filter(({ source }) => source === feed.source);
        return this.applyTo(feed, own, events);
      }),
    );
  }

  private async applyTo(
    { source, publish }: Feed,
    builds: readonly Building[],
    stored: readonly Recorded[],
  ): Promise<void> {
    if (builds.length === 0) return;
    const events = publish ? stored.flatMap(publish) : stored;
    const puts: Put[] = [];
    const checkpoints: Record<string, Checkpoint> = {};
    for (const build of builds) {
      puts.push(...(await build.fold(events)));
      build.unsaved += stored.length;
      const last = build.lastRead(stored);
      if (last) checkpoints[build.collection.name] = checkpointAt(this.store.id, last);
    }
    // Events that change nothing here need no commit of their own; reading them again is cheap.
    if (puts.length > 0 || builds.some(({ unsaved }) => unsaved >= UNSAVED_EVENTS)) {
      await source.readStore.put(puts, checkpoints);
      for (const build of builds) build.unsaved = 0;
    }
    for (const build of builds) build.position = build.lastRead(stored)?.position ?? build.position;
  }

  private async serveAll(): Promise<void> {
    for (const build of this.builds) {
      const { name } = build.projection;
      const previous = this.serving.get(name);
      if (previous && previous.build >= build.build) continue;
      await build.source.readStore.setPointer(build.pointer, String(build.build));
      this.serving.set(name, build);
      this.parkedBuilds.delete(name);
      this.builds = this.builds.filter((other) => other !== previous);
      if (previous) await previous.source.readStore.drop(previous.collection);
      else await this.dropEarlierVersions(build);
    }
  }

  private async dropEarlierVersions({ source: { readStore }, projection, pointerOf }: Building) {
    for (let version = 1; version < projection.version; version++) {
      const build = await readStore.pointer(pointerOf(version));
      if (build) await readStore.drop({ name: `${pointerOf(version)}_${build}`, indexes: {} });
    }
  }

  private fail(error: unknown): void {
    if (this.stopped.signal.aborted) return;
    this.end();
    this.onFailure(error);
  }

  private end(): void {
    this.stopped.abort();
    this.turn.abort();
    this.arrivals.close();
  }
}
