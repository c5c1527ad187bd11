import type { DomainEvent, Heard, Intent, Metadata, Outcome, Workflow } from '#lumbung/kernel';
import { recorded } from '#lumbung/kernel/testing';

/** Drives one process of a workflow as the runner does: it hears, means, and is answered. */
export const hearing = <State>(workflow: Workflow<State>) => {
  const state = structuredClone(workflow.initial);
  return {
    state,
    /** What it means to do about an event, and the process that the event belongs to. */
    hears(event: DomainEvent, metadata: Partial<Metadata> = {}) {
      const reaction = workflow.on.find(({ declaration }) => declaration.type === event.type);
      if (!reaction) throw new TypeError(`${workflow.name} does not react to ${event.type}`);
      const heard: Heard = recorded(event, 0, metadata);
      const intents = reaction.decide(state as never, heard);
      reaction.evolve?.(state, heard);
      return { process: reaction.process(heard), intents };
    },
    isAnswered: (intent: Intent | undefined, outcome: Outcome): Intent[] => {
      if (!intent) throw new TypeError(`${workflow.name} meant nothing that could be answered`);
      return workflow.answered?.(state as never, intent, outcome) ?? [];
    },
  };
};
