import type { EventStore } from '#lumbung/event-store';
import type { Instant, Platform, PublicMapping, StreamDeclaration, Timers } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { Scheduler } from './calendar/scheduler.js';
import { Commands, type Deployment } from './commands/commands.js';
import type { Sealing } from './commands/sealing.js';
import type { Observer } from './observer.js';
import { Parkings } from './parking/parkings.js';
import { ReadingProgress } from './progress.js';
import { pointerOf } from './projections/building.js';
import { Leases } from './projections/lease.js';
import { ProjectionRunner, type Projections } from './projections/projection-runner.js';
import { ReadModels } from './projections/read-models.js';
import { SharedProjections, sharing } from './projections/shared-projections.js';
import type { Source } from './projections/source.js';
import type { Workshop } from './projections/threads.js';
import { mappingsOf, type Service, sourcesOf, streamsOf } from './service.js';
import { SharedWorkflows } from './workflows/shared-workflows.js';
import { type Dispatch, WorkflowRunner } from './workflows/workflow-runner.js';

export type EngineOptions = {
  store: EventStore;
  /** Each service reads from a store of its own. */
  readStoreOf: (service: string) => ReadStore;
  /** What this process is called among those that share its read stores; none share when absent. */
  holder?: string;
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
  readonly projections: Projections;
  readonly scheduler: Scheduler;
  readonly parkings = new Parkings();
  /** What the regency tells others, and the streams that it is made of. */
  readonly told: {
    mappings: readonly PublicMapping[];
    streams: readonly StreamDeclaration[];
  };
  private readonly ending = new AbortController();
  private readonly workflows: SharedWorkflows;
  private readonly leases: Leases | undefined;

  constructor(private readonly options: EngineOptions) {
    const { store, sealing, platform, deployment, services, onFailure } = options;
    const { publishers = services, observer } = options;
    const mappings = mappingsOf(publishers);
    this.told = { mappings, streams: streamsOf(publishers) };
    this.commands = new Commands(store, sealing, platform, deployment, undefined, observer);
    const sources = sourcesOf(services, options.readStoreOf, publishers).map((source) => ({
      ...source,
      observer,
    }));
    this.workflows = new SharedWorkflows(this.makersOf(mappings));
    if (options.holder === undefined) {
      this.projections = new ProjectionRunner(store, sources, onFailure, options.workshop);
    } else {
      const led = this.led(sources, options.holder);
      this.projections = led.projections;
      this.leases = led.leases;
    }
    this.readModels = new ReadModels(this.projections);
    this.progress = new ReadingProgress(
      store,
      platform,
      deployment,
      this.projections,
      this.workflows.runners,
    );
    this.scheduler = new Scheduler(this.commands, platform);
  }

  private makersOf(mappings: readonly PublicMapping[]): (() => WorkflowRunner)[] {
    const { services, readStoreOf, ...means } = this.options;
    return services.flatMap(({ name, workflows }) =>
      workflows.map((workflow) => () => {
        const given = { ...means, mappings, readStore: readStoreOf(name) };
        const runner = new WorkflowRunner(workflow, given);
        this.parkings.add(runner.parking);
        return runner;
      }),
    );
  }

  /** Projections and workflows of which this process leads some, and others the rest. */
  private led(sources: readonly Source[], holder: string) {
    const { store, platform, onFailure, services, readStoreOf } = this.options;
    const shared = sources.map((source) => ({ ...source, readStore: sharing(source.readStore) }));
    const wanted = [
      ...shared.flatMap(({ readStore, projections }) =>
        projections.map((one) => ({ name: pointerOf(one), shared: readStore.shared })),
      ),
      ...services.flatMap(({ name, workflows }) =>
        workflows.map((one) => ({
          name: SharedWorkflows.nameOf(one),
          shared: sharing(readStoreOf(name)).shared,
        })),
      ),
    ];
    const leases: Leases = new Leases({
      ...{ wanted, holder, platform, onFailure },
      onChange: async (held) => {
        await projections.lead(held);
        await this.workflows.lead(held);
      },
    });
    const held = () => leases.held;
    const given = { store, sources: shared, platform, holder, held, onFailure };
    const projections = new SharedProjections(given);
    return { leases, projections };
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
    if (this.leases) this.leases.start();
    else for (const workflow of this.workflows.runners) await workflow.start();
    if (keepsTime) await this.scheduler.start(this.options.onFailure);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.scheduler.stop();
    await this.leases?.stop();
    await this.workflows.stop();
    await this.projections.stop();
  }
}
