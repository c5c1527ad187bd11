import type { EventStore } from '#lumbung/event-store';
import type { Instant, Platform, PublicMapping, Timers } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { Scheduler } from './calendar/scheduler.js';
import { Commands, type Deployment } from './commands/commands.js';
import type { Sealing } from './commands/sealing.js';
import type { Observer } from './observer.js';
import { Parkings } from './parking/parkings.js';
import { ReadingProgress } from './progress.js';
import { ProjectionRunner } from './projections/projection-runner.js';
import { ReadModels } from './projections/read-models.js';
import type { Workshop } from './projections/threads.js';
import { categoriesOf, mappingsOf, type Service, sourcesOf } from './service.js';
import { type Dispatch, WorkflowRunner } from './workflows/workflow-runner.js';

export type EngineOptions = {
  store: EventStore;
  /** Each service reads from a store of its own. */
  readStoreOf: (service: string) => ReadStore;
  sealing: Sealing;
  platform: Platform;
  deployment: Deployment;
  services: readonly Service[];
  /** All services of the regency, in whichever process; these alone when absent. */
  publishers?: readonly Service[];
  dispatch: Dispatch;
  /** Is told of what is executed and followed up. */
  observer?: Observer | undefined;
  /** Where long builds of projections are made, when the store folds on threads. */
  workshop?: Workshop;
  /** A runner has failed for good; the process should say so and stop. */
  onFailure: (error: unknown) => void;
};

/** Everything that turns the pure code of some services into a running process. */
export class Engine {
  readonly commands: Commands;
  readonly readModels: ReadModels;
  readonly progress: ReadingProgress;
  readonly projections: ProjectionRunner;
  readonly scheduler: Scheduler;
  readonly parkings = new Parkings();
  /** What the regency tells others, and the categories of the streams that it is made of. */
  readonly told: { mappings: readonly PublicMapping[]; categories: readonly string[] };
  private readonly ending = new AbortController();
  private readonly workflows: WorkflowRunner[];

  constructor(private readonly options: EngineOptions) {
    const { store, sealing, platform, deployment, services, dispatch, onFailure } = options;
    const { publishers = services, observer } = options;
    const mappings = mappingsOf(publishers);
    this.told = { mappings, categories: categoriesOf(publishers) };
    this.commands = new Commands(store, sealing, platform, deployment, undefined, observer);
    const sources = sourcesOf(services, options.readStoreOf, publishers).map((source) => ({
      ...source,
      observer,
    }));
    this.projections = new ProjectionRunner(store, sources, onFailure, options.workshop);
    this.readModels = new ReadModels(this.projections);
    this.workflows = services.flatMap(({ name, workflows }) =>
      workflows.map(
        (workflow) =>
          new WorkflowRunner(workflow, {
            store,
            readStore: options.readStoreOf(name),
            dispatch,
            platform,
            deployment,
            mappings,
            observer,
            onFailure,
          }),
      ),
    );
    for (const { parking } of this.workflows) this.parkings.add(parking);
    this.progress = new ReadingProgress(
      store,
      platform,
      deployment,
      this.projections,
      this.workflows,
    );
    this.scheduler = new Scheduler(this.commands, platform);
  }

  get now(): Instant {
    return this.options.platform.clock.now();
  }

  get store(): EventStore {
    return this.options.store;
  }

  get platform(): Platform {
    return this.options.platform;
  }

  get observer(): Observer | undefined {
    return this.options.observer;
  }

  /** Aborts when this begins to stop. */
  get stopped(): AbortSignal {
    return this.ending.signal;
  }

  get timers(): Timers {
    return this.options.platform.timers;
  }

  /** Call when the faces of all services can be reached: workflows send to them at once. */
  async start({ keepsTime }: { keepsTime: boolean }): Promise<void> {
    await this.projections.start();
    for (const workflow of this.workflows) await workflow.start();
    if (keepsTime) await this.scheduler.start(this.options.onFailure);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.scheduler.stop();
    await Promise.all(this.workflows.map((workflow) => workflow.stop()));
    await this.projections.stop();
  }
}
