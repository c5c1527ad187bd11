import { platformRejections, type Rebuilt } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, type Ensure, ensureWith, Unavailable } from '#lumbung/kernel';
import { Arrivals } from '../arrivals.js';
import { Building, earliest } from './building.js';
import { catchUp, following } from './catching-up.js';
import { Feed } from './feed.js';
import type { Source } from './source.js';
import { buildOnThreads, type Workshop } from './threads.js';

const ensure: Ensure<typeof platformRejections> = ensureWith(platformRejections);

const notNow = (code: 'NOT_CAUGHT_UP' | 'STREAM_NEWER_THAN_CODE' | 'SERVICE_UNAVAILABLE') =>
  new Unavailable(code, platformRejections[code]);

/** What is read in a process, whoever writes it. */
export type Projections = Pick<
  ProjectionRunner,
  | 'arrivals'
  | 'building'
  | 'isServingAll'
  | 'parked'
  | 'position'
  | 'projections'
  | 'rebuild'
  | 'rebuilding'
  | 'servingBuild'
  | 'start'
  | 'stop'
  | 'untilServingAll'
>;

/**
 * Keeps read documents in step with the log: one subscription feeds all projections; what serves
 * is written after each batch, then the checkpoint, what does not when it has caught up, or holds
 * much. A rebuild runs beside the serving copy
 * and takes its place when it has caught up. A projection that meets an event newer than this
 * code parks there and serves what it has, until code that knows the event starts.
 */
export class ProjectionRunner {
  private readonly feeds: Feed[];
  private readonly serving = new Map<string, Building>();
  private readonly rebuilds = new Map<string, Building>();
  private builds: Building[] = [];
  private readonly joining: Building[] = [];
  /** Builds that read the log by themselves. */
  private readonly apart = new Set<Building>();
  private turn = new AbortController();
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private readonly running = new Set<Promise<void>>();
  readonly arrivals = new Arrivals();

  constructor(
    private readonly store: EventStore,
    sources: readonly Source[],
    private readonly onFailure: (error: unknown) => void,
    private readonly workshop?: Workshop,
  ) {
    this.feeds = sources.map((source) => new Feed(source));
  }

  /** Resolves when it has begun; a build that has none yet serves once it has caught up. */
  async start(): Promise<void> {
    for (const { source } of this.feeds) {
      for (const projection of source.projections) {
        const build = await Building.open(this.store, source, projection);
        if (build.serves) this.serving.set(build.name, build);
        this.builds.push(build);
      }
    }
    if (this.serving.size > 0) {
      this.buildBeside(this.builds.filter(({ serves }) => !serves));
      this.builds = this.builds.filter(({ serves }) => serves);
    }
    this.loop = this.run().catch((error) => this.fail(error));
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    this.turn.abort();
    await this.loop;
    await Promise.allSettled(this.running);
    this.arrivals.reached(this.position);
  }

  /** The build that answers queries; none while a first or newer one is still being built. */
  servingBuild(projection: AnyProjection): Building | undefined {
    return this.serving.get(projection.name);
  }

  get position(): bigint | undefined {
    return earliest(this.builds);
  }

  /** Of all builds that it reads or writes. */
  get collections(): string[] {
    const all = [
      ...this.builds,
      ...this.apart,
      ...this.rebuilds.values(),
      ...this.serving.values(),
    ];
    return all.map(({ collection }) => collection.name);
  }

  get projections(): string[] {
    return this.feeds.flatMap(({ source }) => source.projections.map(({ name }) => name));
  }

  get isServingAll(): boolean {
    return this.projections.every((name) => this.serving.has(name));
  }

  /** Builds on their way to take the place of one that serves. */
  get rebuilding(): Building[] {
    return [...this.rebuilds.values()].filter(({ serves, parked }) => !serves && !parked);
  }

  /** Builds that wait for newer code. */
  get parked(): Building[] {
    return this.builds.filter(({ parked }) => parked);
  }

  /** Projections that do not serve yet, or are being built anew. */
  get building(): string[] {
    const anew = new Set(this.rebuilding.map(({ name }) => name));
    return this.projections.filter((name) => !this.serving.has(name) || anew.has(name));
  }

  /**
   * Builds one projection, or all, anew beside the serving copy; answers which, when the new
   * builds serve. What is already being rebuilt is waited for.
   * Rejects PROJECTION_UNKNOWN; Unavailable for a projection that does not serve yet, or parks.
   */
  async rebuild(only?: string): Promise<Rebuilt[]> {
    const names = only === undefined ? this.projections : [only];
    const underWay = this.rebuilding;
    const builds = names.map((name) => this.nextBuild(name));
    const fresh = builds.filter((build) => !underWay.includes(build));
    for (const build of fresh) this.rebuilds.set(build.name, build);
    this.buildBeside(fresh);
    await Promise.all(builds.map((build) => this.untilServing(build)));
    return builds.map(({ name, written }) => ({ projection: name, written }));
  }

  private nextBuild(name: string): Building {
    ensure(this.projections.includes(name), 'PROJECTION_UNKNOWN');
    const underWay = this.rebuilding.find((build) => build.name === name);
    if (underWay) return underWay;
    const current = this.serving.get(name);
    if (!current) throw notNow('NOT_CAUGHT_UP');
    if (current.parked) throw notNow('STREAM_NEWER_THAN_CODE');
    return current.next();
  }

  private async untilServing(build: Building): Promise<void> {
    while (!build.serves) {
      if (build.parked) throw notNow('STREAM_NEWER_THAN_CODE');
      if (this.stopped.signal.aborted) throw notNow('SERVICE_UNAVAILABLE');
      await this.arrivals.next();
    }
  }

  /** Resolves when every projection serves or is parked, or when the runner stops. */
  async untilServingAll(): Promise<void> {
    const waits = (name: string) =>
      !this.serving.has(name) && !this.parked.some((build) => build.name === name);
    while (this.projections.some(waits) && !this.stopped.signal.aborted) {
      await this.arrivals.next();
    }
  }

  private async run(): Promise<void> {
    const waiting = this.builds.filter(({ serves }) => !serves);
    if (waiting.length === this.builds.length) await this.onThreads(waiting);
    // Without projections there is nothing to keep in step.
    while (this.builds.length > 0 && !this.stopped.signal.aborted) {
      this.turn = new AbortController();
      this.builds.push(...this.joining.splice(0));
      for await (const { live } of following(this.way(this.builds, this.turn.signal))) {
        if (live) await this.serveAll();
        this.arrivals.reached(this.position);
        if (this.joining.length > 0) break;
      }
    }
  }

  /** Lets builds read the log by themselves until they are near its end, then join the others. */
  private buildBeside(builds: readonly Building[]): void {
    if (builds.length === 0) return;
    for (const one of builds) this.apart.add(one);
    const build = async () => {
      for (const one of builds) if (one.position === undefined) await one.drop();
      await this.onThreads(builds);
      await catchUp(this.way(builds, this.stopped.signal));
      // What is parked takes no place; it only keeps one that would be empty.
      const served = (one: Building) => this.servingBuild(one.projection) !== undefined;
      this.joining.push(...builds.filter((one) => !one.parked || !served(one)));
      for (const one of builds) if (!this.joining.includes(one)) this.apart.delete(one);
      this.turn.abort();
      this.arrivals.reached(this.position);
    };
    this.beside(build());
  }

  private way(builds: readonly Building[], signal: AbortSignal) {
    const { store, feeds } = this;
    return { log: store, storeId: store.id, feeds, builds, signal };
  }

  private onThreads(builds: readonly Building[]): Promise<void> {
    return buildOnThreads(this.store, this.workshop, builds, this.stopped.signal);
  }

  private async serveAll(): Promise<void> {
    for (const build of this.builds) {
      if (build.serves || build.parked) continue;
      const previous = this.servingBuild(build.projection);
      await build.serve();
      this.serving.set(build.name, build);
      this.apart.delete(build);
      this.builds = this.builds.filter((other) => other !== previous);
      if (previous) this.beside(previous.drop());
    }
  }

  private beside(work: Promise<void>): void {
    const done = work.catch((error) => this.fail(error)).finally(() => this.running.delete(done));
    this.running.add(done);
  }

  private fail(error: unknown): void {
    if (!this.stopped.signal.aborted) this.onFailure(error);
  }
}
