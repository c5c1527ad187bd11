import type { Command, CommandDeclaration } from './command.js';
import type { AnyEventDeclaration, DomainEvent, Metadata, Recorded } from './event.js';
import type { Anything, DeepReadonly } from './values/json.js';

type Decide<C extends Command, E extends DomainEvent, Seen> = {
  readonly [T in C['type']]: (
    command: Extract<C, { type: T }>,
    seen: DeepReadonly<Seen>,
    metadata: Metadata,
  ) => E[];
};

type Evolve<E extends DomainEvent, State> = {
  readonly [T in E['type']]: (
    state: State,
    data: Extract<E, { type: T }>['data'],
    event: Recorded<Extract<E, { type: T }>>,
  ) => void;
};

/**
 * The write side of one noun, pure: `decide` says what follows from a command, `evolve` writes
 * what happened into the state. A stream may host several, each with its slice of state; `Seen`
 * names the slices that `decide` looks at. State is plain JSON.
 */
export type Decider<C extends Command, E extends DomainEvent, State, Seen> = {
  readonly commands: readonly CommandDeclaration<C['type'], Anything>[];
  readonly events: readonly AnyEventDeclaration[];
  readonly initial: State;
  readonly decide: Decide<C, E, Seen>;
  readonly evolve: Evolve<E, State>;
  /** Called for every event of the stream that carries a posting, whoever declared it. */
  readonly onPosting?: (state: State, posting: never, event: Recorded) => void;
};

export type AnyDecider = Decider<Anything, Anything, Anything, Anything>;
