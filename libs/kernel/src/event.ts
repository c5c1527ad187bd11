import { z } from 'zod';
import type { CommandId } from './values/identifier.js';
import { type Anything, withoutUndefined } from './values/json.js';
import type { Instant, PlainDate } from './values/time.js';

export type DomainEvent<T extends string = string, D = unknown> = {
  type: T;
  version: number;
  data: D;
};

/** From the data of one version to the data of the next. */
export type Upcaster = (data: never) => unknown;

export type EventDeclaration<T extends string = string, D = unknown> = {
  (data: D): DomainEvent<T, D>;
  readonly type: T;
  readonly version: number;
  readonly schema: z.ZodType<D>;
  readonly upcasters: Readonly<Record<number, Upcaster>>;
};

export type AnyEventDeclaration = EventDeclaration<string, Anything>;

export type EventOf<E> = E extends EventDeclaration<infer T, infer D> ? DomainEvent<T, D> : never;

/** What the runner writes beside each event. Instants are UTC, `businessDate` the regency's day. */
export type Metadata = {
  commandId: CommandId;
  commandHash: string;
  issuedAt: Instant;
  correlationId: string;
  causationId?: string;
  actor: string;
  role: string;
  regency: string;
  cooperative?: string;
  recordedAt: Instant;
  businessDate: PlainDate;
  /** Set on every event of a simulated life. */
  simulated?: true;
};

/** An event at its place in the log. `position` is opaque and increasing, never contiguous. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & {
  id: string;
  stream: string;
  revision: number;
  position: bigint;
  metadata: Metadata;
};

/** The same fact told otherwise: stored events decode themselves when asked and do not spread. */
export const retold = (event: Recorded, told: DomainEvent): Recorded => {
  const { id, stream, revision, position, metadata } = event;
  const { type, version, data } = told;
  return { type, version, data, id, stream, revision, position, metadata };
};

/**
 * Declares an event: its stored name, its version (1 at first), its fields, and for each earlier
 * version the step to the next. Deciders and projections see only the latest.
 */
export const event = <const T extends string, S extends z.ZodRawShape>(
  type: T,
  version: number,
  shape: S,
  upcasters: Readonly<Record<number, Upcaster>> = {},
): EventDeclaration<T, z.output<z.ZodObject<S>>> => {
  const schema = z.strictObject(shape) as unknown as z.ZodType<z.output<z.ZodObject<S>>>;
  const make = (data: z.output<z.ZodObject<S>>) => ({
    type,
    version,
    data: withoutUndefined(data as object) as z.output<z.ZodObject<S>>,
  });
  return Object.assign(make, { type, version, schema, upcasters });
};

/** An event that crosses borders: declared in contracts, without personal fields. */
export const publicEvent = event;

/** Brings stored data of `version` to the declaration's; undefined for a newer version. */
export const upcast = (
  declaration: AnyEventDeclaration,
  version: number,
  data: unknown,
): unknown | undefined => {
  if (version > declaration.version) return;
  let current = data;
  for (let step = version; step < declaration.version; step++) {
    const upcaster = declaration.upcasters[step];
    if (!upcaster) throw new TypeError(`${declaration.type} has no upcaster from version ${step}`);
    current = upcaster(current as never);
  }
  return current;
};

/** How a stored event, or every event that carries a posting, is told to other services. */
export type PublicMapping = {
  from: AnyEventDeclaration | 'posting';
  to: AnyEventDeclaration;
  map: (event: Recorded) => DomainEvent | undefined;
};

/** Pure mapping from a stored to a public event; `undefined` tells nothing. */
export const toPublic = <T extends string, D, P extends string, Q>(
  from: EventDeclaration<T, D>,
  to: EventDeclaration<P, Q>,
  map: (event: Recorded<DomainEvent<T, D>>) => Q | undefined,
): PublicMapping => ({
  from,
  to,
  map: (event) => {
    const data = map(event as Recorded<DomainEvent<T, D>>);
    return data === undefined ? undefined : to(data);
  },
});

/** As `toPublic`, for every event that carries a posting, whatever its name. */
export const postingToPublic = <Posting, P extends string, Q>(
  to: EventDeclaration<P, Q>,
  map: (posting: Posting, event: Recorded) => Q | undefined,
): PublicMapping => ({
  from: 'posting',
  to,
  map: (event) => {
    const data = map((event.data as { posting: Posting }).posting, event);
    return data === undefined ? undefined : to(data);
  },
});

/** The data of the events of one kind among others. */
export const dataOf = <T extends string, D>(
  declaration: EventDeclaration<T, D>,
  events: readonly DomainEvent[],
): D[] => events.filter(({ type }) => type === declaration.type).map(({ data }) => data as D);
