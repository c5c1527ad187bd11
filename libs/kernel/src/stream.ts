import type { CommandDeclaration } from './command.js';
import type { AnyDecider } from './decider.js';
import type { AnyEventDeclaration, DomainEvent, Metadata, Recorded } from './event.js';
import { upcast } from './event.js';
import type { Anything } from './values/json.js';

export type Slices = Record<string, AnyDecider>;
export type State = Record<string, unknown>;

export type CheckpointOptions = { event: AnyEventDeclaration; stateVersion: number };

export type StreamDeclaration = {
  readonly category: string;
  readonly slices: Slices;
  readonly checkpoint?: CheckpointOptions;
  id(...keys: string[]): string;
  initial(): State;
  declaration(type: string): AnyEventDeclaration | undefined;
  /** Writes one event into the state. Returns false for an event that this code does not know. */
  evolve(state: State, event: Recorded): boolean;
  decide(state: State, command: { type: string; data: unknown }, metadata: Metadata): DomainEvent[];
  /** The declaration of a command that this stream takes. */
  command(type: string): CommandDeclaration<string, Anything> | undefined;
};

type Handler = (command: never, seen: never, metadata: Metadata) => DomainEvent[];
type Change = (state: never, data: never, event: Recorded) => void;
type Reaction = { slice: string; change: Change };

const carriesPosting = (data: unknown): data is { posting: unknown } =>
  typeof data === 'object' && data !== null && 'posting' in data && data.posting !== undefined;

const mustDeclareWhatItHandles = (slice: string, decider: AnyDecider) => {
  const declared = decider.events.map(({ type }) => type).sort();
  const folded = Object.keys(decider.evolve).sort();
  if (declared.join() !== folded.join()) {
    throw new TypeError(`${slice} declares ${declared} but folds ${folded}`);
  }
  const taken = decider.commands.map(({ type }) => type).sort();
  const decided = Object.keys(decider.decide).sort();
  if (taken.join() !== decided.join()) {
    throw new TypeError(`${slice} declares ${taken} but decides ${decided}`);
  }
};

/**
 * The deciders that share one stream and so decide together. The stream's id is the category and
 * its keys: `ledger-35.06.17.1009.UMUM`.
 */
export const stream = (
  category: string,
  slices: Slices,
  options: { checkpoint?: CheckpointOptions } = {},
): StreamDeclaration => {
  const declarations = new Map<string, AnyEventDeclaration>();
  const commands = new Map<string, CommandDeclaration<string, Anything>>();
  const handlers = new Map<string, Handler>();
  const reactions = new Map<string, Reaction[]>();
  const onPosting: Reaction[] = [];
  for (const [slice, decider] of Object.entries(slices)) {
    mustDeclareWhatItHandles(slice, decider);
    for (const declaration of decider.events) declarations.set(declaration.type, declaration);
    for (const command of decider.commands) commands.set(command.type, command);
    for (const [type, handler] of Object.entries<Handler>(decider.decide)) {
      if (handlers.has(type)) throw new TypeError(`two deciders of ${category} take ${type}`);
      handlers.set(type, handler);
    }
    for (const [type, change] of Object.entries<Change>(decider.evolve)) {
      reactions.set(type, [...(reactions.get(type) ?? []), { slice, change }]);
    }
    const posting = decider.onPosting as Change | undefined;
    if (posting) onPosting.push({ slice, change: posting });
  }
  const { checkpoint } = options;
  if (checkpoint) declarations.set(checkpoint.event.type, checkpoint.event);

  return {
    category,
    slices,
    checkpoint,
    id: (...keys) => `${category}-${keys.join('.')}`,
    initial: () =>
      Object.fromEntries(
        Object.entries(slices).map(([slice, { initial }]) => [slice, structuredClone(initial)]),
      ),
    declaration: (type) => declarations.get(type),
    command: (type) => commands.get(type),
    evolve(state, event) {
      const declaration = declarations.get(event.type);
      if (!declaration) return false;
      const data = upcast(declaration, event.version, event.data);
      if (data === undefined) return false;
      for (const { slice, change } of reactions.get(event.type) ?? []) {
        change(state[slice] as never, data as never, event);
      }
      if (carriesPosting(data)) {
        for (const { slice, change } of onPosting) {
          change(state[slice] as never, data.posting as never, event);
        }
      }
      return true;
    },
    decide(state, command, metadata) {
      const handler = handlers.get(command.type);
      if (!handler) throw new TypeError(`${category} takes no ${command.type}`);
      return handler(command as never, state as never, metadata);
    },
  };
};
