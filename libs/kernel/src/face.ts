import { z } from 'zod';
import type { CommandDeclaration, Sent } from './command.js';
import type { MemberId, UserName } from './values/identifier.js';
import type { Anything } from './values/json.js';
import type { Scope } from './values/region.js';

export type QueryDeclaration<Q = unknown> = { readonly schema: z.ZodType<Q> };

/** Declares what a query asks for. */
export const query = <S extends z.ZodRawShape>(shape: S) => ({ schema: z.strictObject(shape) });

/** A role that somebody holds, where, and as which member where it is a member's own. */
export type HeldRole = { role: string; scope: Scope; member?: MemberId };

/** Who calls, in which role, and the thread of events that the call belongs to. */
export type Caller = {
  user: UserName;
  /** The role in which he acts: of a person, one of `roles`, which the guard finds. */
  role: string;
  /** What a person holds; absent for the platform's own hands, which act in `role` everywhere. */
  roles?: readonly HeldRole[];
  correlationId: string;
  causationId?: string;
};

/** A command on its way to the face that executes it. */
export type Call<C> = { command: Sent<C>; caller: Caller };

/** A question on its way to the face that answers it. */
export type Ask<Q> = Q extends QueryDeclaration<infer T> ? { query: T; caller: Caller } : never;

export type MethodDeclaration = CommandDeclaration<string, Anything> | QueryDeclaration<Anything>;

export type FaceDeclaration = {
  readonly name: string;
  readonly methods: Readonly<Record<string, MethodDeclaration>>;
};

/**
 * The face of a service's feature: its name (`ledger.simpanan`) and, for each method of the
 * abstract class `Api`, the command or query it takes. What crosses it is checked against these.
 */
export const face = <Api>(
  name: string,
  methods: { readonly [M in keyof Api]: MethodDeclaration },
): FaceDeclaration => ({ name, methods: methods as FaceDeclaration['methods'] });

/** An abstract class that says its face: the port and the injection token at once. */
export type FaceClass<Api = object> = (abstract new (
  ...args: never[]
) => Api) & {
  readonly face: FaceDeclaration;
};

export const patternOf = (face: FaceDeclaration, method: string): string =>
  `${face.name}.${method}`;
