import type { About, Progress, Rebuilt } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { businessDate, type Platform } from '#lumbung/kernel';
import type { Deployment } from './commands/commands.js';
import type { Projections } from './projections/projection-runner.js';
import { type Parked, shownPlace } from './projections/source.js';
import { type Readers, waitForAll } from './waiting.js';
import type { WorkflowRunner } from './workflows/workflow-runner.js';

type Reader = { name: string; parked: Parked | undefined };

const parkedAmong = (readers: readonly Reader[]): Progress['parked'] => {
  const told: Progress['parked'] = {};
  for (const { name, parked } of readers) {
    if (parked) told[name] = shownPlace(parked);
  }
  return told;
};

/** How far the readers of the log have come, and waiting for them. */
export class ReadingProgress implements Readers {
  constructor(
    private readonly store: EventStore,
    private readonly platform: Platform,
    private readonly deployment: Deployment,
    private readonly projections: Projections,
    private readonly workflows: readonly WorkflowRunner[],
  ) {}

  /** As `waitForAll`, for this process alone. */
  wait(position: bigint): Promise<boolean> {
    return waitForAll([this], position, this.platform.timers);
  }

  async follow(position: bigint): Promise<bigint> {
    await Promise.all(this.workflows.map(({ arrivals }) => arrivals.until(position)));
    return this.workflows.reduce((far, { sent }) => (sent > far ? sent : far), position);
  }

  async arrive(position: bigint): Promise<void> {
    if (this.projections.projections.length > 0) await this.projections.arrivals.until(position);
  }

  async rebuild(projection?: string): Promise<Rebuilt[]> {
    const isElsewhere =
      projection !== undefined && !this.projections.projections.includes(projection);
    return isElsewhere ? [] : this.projections.rebuild(projection);
  }

  async about(): Promise<About> {
    const { regency, zone, simulated } = this.deployment;
    const today = businessDate(this.platform.clock.now(), zone);
    return { regency, zone, simulated, businessDate: today };
  }

  async progress(): Promise<Progress> {
    const head = await this.store.head();
    const at = ({ position }: { position?: bigint }) => ({
      position: position === undefined ? null : String(position),
      live: head === undefined || (position !== undefined && position >= head),
    });
    const { projections } = this;
    const reading: Progress['projections'] =
      projections.projections.length > 0 ? { all: at(projections) } : {};
    const workflows = Object.fromEntries(this.workflows.map((one) => [one.name, at(one)]));
    const rebuilding = projections.rebuilding.map((build) => [build.name, at(build)]);
    const parked = parkedAmong([...projections.parked, ...this.workflows]);
    const places = [...Object.values(reading), ...Object.values(workflows)];
    return {
      head: head === undefined ? null : String(head),
      projections: reading,
      workflows,
      building: projections.building,
      rebuilding: Object.fromEntries(rebuilding),
      parked,
      caughtUp:
        projections.isServingAll &&
        Object.keys(parked).length === 0 &&
        places.every(({ live }) => live),
    };
  }
}
