import type { Command, CommandDeclaration } from './command.js';
import type { AnyEventDeclaration, DomainEvent, EventDeclaration, Metadata } from './event.js';
import { type FaceClass, patternOf } from './face.js';
import type { Anything, DeepReadonly } from './values/json.js';
import type { Instant } from './values/time.js';

/** A command that a workflow means to send, and the method that takes it. */
export type Intent = { pattern: string; command: Command };

/** How an intended command ended. */
export type Outcome = { accepted: true } | { accepted: false; code: string };

/** Means to call `method` of `api` with a command. */
export const send = <Api, T extends string, D>(
  api: FaceClass<Api>,
  method: keyof Api & string,
  command: CommandDeclaration<T, D>,
  data: D,
): Intent => ({ pattern: patternOf(api.face, method), command: { type: command.type, data } });

/** A public event as a workflow hears it: plain JSON, since it is recorded with what follows. */
export type Heard<E extends DomainEvent = DomainEvent> = E & { id: string; metadata: Metadata };

type Reacts<State, E extends DomainEvent> = {
  /** The process that the event belongs to; its inputs are handled strictly in order. */
  process: (event: Heard<E>) => string;
  decide: (state: DeepReadonly<State>, event: Heard<E>) => Intent[];
  /** Writes what is to be remembered; runs after `decide`. */
  evolve?: (state: State, event: Heard<E>) => void;
};

export type WorkflowReaction<State> = Reacts<State, DomainEvent> & {
  declaration: AnyEventDeclaration;
};

export const reacts = <State, T extends string, D>(
  declaration: EventDeclaration<T, D>,
  reaction: Reacts<State, DomainEvent<T, D>>,
): WorkflowReaction<State> => ({
  declaration,
  ...(reaction as unknown as Reacts<State, DomainEvent>),
});

/**
 * What follows in one service from what happened in another: pure reactions to public events,
 * answered by commands. State is plain JSON. A workflow acts on nothing recorded before `since`.
 */
export type Workflow<State = unknown> = {
  readonly name: string;
  readonly since: Instant;
  readonly initial: State;
  readonly on: readonly WorkflowReaction<State>[];
  /** An outcome is an input again; without this, outcomes are only recorded. */
  readonly answered?: (state: DeepReadonly<State>, intent: Intent, outcome: Outcome) => Intent[];
};

export type AnyWorkflow = Workflow<Anything>;
