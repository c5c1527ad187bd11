import {
  type Caller,
  type CommandDeclaration,
  type CommandId,
  type Instant,
  type QueryDeclaration,
  withoutUndefined,
} from '#lumbung/kernel';
import type { SimpananLoaders } from './ledger/account.loader.js';

/** What every resolver is given beside its arguments; made anew for each request. */
export type Context = {
  caller: Caller;
  loaders: SimpananLoaders;
};

type Input = { readonly commandId: string; readonly issuedAt: Instant };

const withoutNull = <T extends object>(input: T): T =>
  withoutUndefined(
    Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value ?? undefined])),
  ) as T;

/** The call that a mutation's input asks for; the face checks it against the declaration. */
export const call = <T extends string, D>(
  declaration: CommandDeclaration<T, D>,
  { commandId, issuedAt, ...fields }: Input,
  { caller }: Context,
) => ({
  command: {
    type: declaration.type,
    id: commandId as CommandId,
    issuedAt,
    data: withoutNull(fields) as D,
  },
  caller,
});

/** The question that a query's arguments ask; the face checks it likewise. */
export const ask = <Q>(_: QueryDeclaration<Q>, fields: object, { caller }: Context) => ({
  query: withoutNull(fields) as Q,
  caller,
});
