import type { Progress } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import type { Platform } from '#lumbung/kernel';
import type { ProjectionRunner } from './projections/projection-runner.js';
import type { WorkflowRunner } from './workflows/workflow-runner.js';

const LONGEST_WAIT_MS = 2_000;

// Longer chains of workflows than this would be a loop.
const MAX_LINKS = 10;

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
    await this.projections.arrivals.until(upTo);
  }

  async progress(): Promise<Progress> {
    const head = await this.store.head();
    const at = (position: bigint | undefined) => ({
      position: position === undefined ? null : String(position),
      live: head === undefined || (position !== undefined && position >= head),
    });
    const projections = { all: at(this.projections.position) };
    const workflows = Object.fromEntries(
      this.workflows.map(({ workflow, position }) => [workflow.name, at(position)]),
    );
    const places = [...Object.values(projections), ...Object.values(workflows)];
    return {
      head: head === undefined ? null : String(head),
      projections,
      workflows,
      building: this.projections.building,
      caughtUp: this.projections.isServingAll && places.every(({ live }) => live),
    };
  }
}
