import type { Progress } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import type { Platform } from '#lumbung/kernel';
import type { ProjectionRunner } from './projections/projection-runner.js';
import type { Parked } from './projections/source.js';
import type { WorkflowRunner } from './workflows/workflow-runner.js';

const LONGEST_WAIT_MS = 2_000;

// Longer chains of workflows than this would be a loop.
const MAX_LINKS = 10;

type Reader = { name: string; parked: Parked | undefined };

const parkedAmong = (readers: readonly Reader[]): Progress['parked'] => {
  const told: Progress['parked'] = {};
  for (const { name, parked } of readers) {
    if (!parked) continue;
    const { position, type, version } = parked;
    told[name] = { position: String(position), type, version };
  }
  return told;
};

/** How far the readers of the log have come, and waiting for them. */
export class ReadingProgress {
  constructor(
    private readonly store: EventStore,
    private readonly platform: Platform,
    private readonly projections: ProjectionRunner,
    private readonly workflows: readonly WorkflowRunner[],
  ) {}

  /** Waits until workflows, their commands and projections have followed; false on giving up. */
  async wait(position: bigint, limit_ms = LONGEST_WAIT_MS): Promise<boolean> {
    const gaveUp = new AbortController();
    const limit = this.platform.timers.sleep(limit_ms, gaveUp.signal).then(() => false);
    try {
      return await Promise.race([this.followed(position).then(() => true), limit]);
    } finally {
      gaveUp.abort();
    }
  }

  private async followed(position: bigint): Promise<void> {
    let upTo = position;
    for (let link = 0; link < MAX_LINKS; link++) {
      await Promise.all(this.workflows.map(({ arrivals }) => arrivals.until(upTo)));
      const furthest = this.workflows.reduce((far, { sent }) => (sent > far ? sent : far), upTo);
      if (furthest === upTo) break;
      upTo = furthest;
    }
    if (this.projections.projections.length > 0) await this.projections.arrivals.until(upTo);
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
