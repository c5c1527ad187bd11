import type { Held, Wanted } from '../projections/lease.js';
import type { WorkflowRunner } from './workflow-runner.js';

/**
 * Workflows of several processes, each run by whoever leads it. A command that was refused may be
 * taken a moment later, so two that send the same could record what did not happen.
 */
export class SharedWorkflows {
  /** Those that this process does not lead stand still. */
  readonly runners: WorkflowRunner[];
  private readonly terms = new Map<string, number>();

  constructor(private readonly makers: readonly (() => WorkflowRunner)[]) {
    this.runners = makers.map((make) => make());
  }

  static nameOf({ name }: Pick<WorkflowRunner, 'name'>): Wanted['name'] {
    return `workflow-${name}`;
  }

  async lead(held: Held): Promise<void> {
    for (const [index, make] of this.makers.entries()) {
      const runner = this.runners[index] as WorkflowRunner;
      const name = SharedWorkflows.nameOf(runner);
      const term = held.get(name);
      if (this.terms.get(name) === term) continue;
      await runner.stop();
      // What has stopped does not start again; another goes on from the place that was kept.
      const next = make();
      this.runners[index] = next;
      if (term === undefined) this.terms.delete(name);
      else this.terms.set(name, term);
      if (term !== undefined) await next.start();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }
}
