import type { AnyEventDeclaration, DomainEvent, EventDeclaration, Recorded } from './event.js';
import { retold, upcast } from './event.js';
import type { Anything } from './values/json.js';

export type Indexes<Doc> = Readonly<Record<string, readonly (keyof Doc & string)[]>>;

type Reaction<Doc, E extends DomainEvent> = {
  /** The documents that the event touches. */
  keys: (event: Recorded<E>) => string[];
  /** The document after the event; pure, and it may return the one it was given, changed. */
  evolve: (document: Doc, event: Recorded<E>, key: string) => Doc;
};

export type Clause<Doc> = {
  declaration?: AnyEventDeclaration;
  keys: (event: Recorded) => string[];
  evolve: (document: Doc, event: Recorded, key: string) => Doc;
};

/** What a projection does with one event. */
export const when = <Doc, T extends string, D>(
  declaration: EventDeclaration<T, D>,
  reaction: Reaction<Doc, DomainEvent<T, D>>,
): Clause<Doc> => ({
  declaration,
  ...(reaction as unknown as Reaction<Doc, DomainEvent>),
});

/** What a projection does with every event that carries a posting, whatever its name. */
export const whenPosted = <Doc, P>(
  reaction: Reaction<Doc, DomainEvent<string, { posting: P }>>,
): Clause<Doc> => reaction as unknown as Clause<Doc>;

export type Projection<Doc> = {
  readonly name: string;
  readonly version: number;
  /** Name → fields in order; the document's key always follows as the last. */
  readonly indexes: Indexes<Doc>;
  readonly initial: (key: string) => Doc;
  /** The clauses that take an event, none when the projection does not look at it. */
  clausesFor(event: DomainEvent): readonly Clause<Doc>[];
  /** Brings the event's data to the version that the clauses were written for. */
  readonly declarations: readonly AnyEventDeclaration[];
};

export type AnyProjection = Projection<Anything>;

/** A read document, the events that build it, and the indexes by which it may be queried. */
export const projection = <Doc extends object>(declared: {
  name: string;
  version: number;
  indexes: Indexes<Doc>;
  initial: (key: string) => Doc;
  on: readonly Clause<Doc>[];
}): Projection<Doc> => {
  const byType = new Map<string, Clause<Doc>[]>();
  const posted: Clause<Doc>[] = [];
  const declarations: AnyEventDeclaration[] = [];
  for (const clause of declared.on) {
    if (!clause.declaration) {
      posted.push(clause);
      continue;
    }
    declarations.push(clause.declaration);
    const { type } = clause.declaration;
    byType.set(type, [...(byType.get(type) ?? []), clause]);
  }
  const { name, version, indexes, initial } = declared;
  return {
    name,
    version,
    indexes,
    initial,
    declarations,
    clausesFor(event) {
      const own = byType.get(event.type) ?? NONE;
      const carries = posted.length > 0 && (event.data as { posting?: unknown }).posting;
      return carries ? [...own, ...posted] : own;
    },
  };
};

const NONE: readonly never[] = [];

/** The event with its data at the declared version; undefined when it is newer than the code. */
export const atDeclaredVersion = (
  event: Recorded,
  declaration: AnyEventDeclaration,
): Recorded | undefined => {
  if (event.version === declaration.version) return event;
  const data = upcast(declaration, event.version, event.data);
  const { type, version } = declaration;
  return data === undefined ? undefined : retold(event, { type, version, data });
};
