import {
  type Ask,
  type Call,
  type Caller,
  Choice,
  type CommandOf,
  command,
  face,
  MemberId,
  PlainDate,
  query,
  Scope,
  UserName,
  type z,
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';

/**
 * What somebody is to a cooperative, a region or the platform. `pengurus` is a whole board in one
 * hand, where its offices are not named; a `petugas` is an officer of what his scope names, a
 * regency or a province; `system` and other hands of the platform are no roles.
 */
export const Role = Choice(
  'pengurus',
  'ketua',
  'sekretaris',
  'bendahara',
  'kasir',
  'pengawas',
  'manajer',
  'anggota',
  'kepala_desa',
  'petugas',
  'mitra',
  'pendamping',
  'auditor',
  'operator',
);
export type Role = z.infer<typeof Role>;

/** As many as somebody holds at a time; each of his calls carries them. */
export const MOST_ROLES = 100;

/** A role somewhere, from a day to a last day; of an `anggota`, as which member. */
const granted = {
  name: UserName,
  role: Role,
  scope: Scope,
  from: PlainDate.optional(),
  until: PlainDate.optional(),
  member: MemberId.optional(),
};

/** A new user, with his first role; from today where it does not say. */
export const AddUser = command('AddUser', granted);
export type AddUser = CommandOf<typeof AddUser>;

export const GrantRole = command('GrantRole', granted);
export type GrantRole = CommandOf<typeof GrantRole>;

/** `on` is the last day. */
export const EndRole = command('EndRole', {
  name: UserName,
  role: Role,
  scope: Scope,
  on: PlainDate,
});
export type EndRole = CommandOf<typeof EndRole>;

export type RoleGrant = {
  role: Role;
  scope: Scope;
  from: PlainDate;
  /** The last day; null for a role without an end. */
  until: PlainDate | null;
  member: MemberId | null;
};

/** `current`: the first of his roles of today; null for somebody who has none. */
export type User = { name: UserName; roles: RoleGrant[]; current: Role | null };

/** With what his roles of today let him do somewhere, so that nobody begins what he may not end. */
export type KnownUser = User & { permissions: readonly string[] };

/** The caller that a user is, in whichever of his roles of today the guard finds that he may. */
export const callerOf = (
  { name, roles }: Pick<User, 'name' | 'roles'>,
  correlationId: string,
): Caller => ({
  user: name,
  role: roles[0]?.role ?? 'tamu',
  roles: roles.map(({ role, scope, member }) => ({ role, scope, ...(member && { member }) })),
  correlationId,
});

/** Only the roles of today. */
export const FindUser = query({ name: UserName });
export const ListUsers = query({});

export abstract class UserApi {
  static readonly face = face<UserApi>('identity.user', {
    add: AddUser,
    grant: GrantRole,
    end: EndRole,
    find: FindUser,
    list: ListUsers,
  });

  /** Rejects USER_EXISTS, and as `grant`. */
  abstract add(call: Call<typeof AddUser>): Promise<Answer>;
  /** Rejects USER_UNKNOWN, ROLE_HELD, ROLE_TO_ONESELF, ROLE_ABOVE_OWN, SCOPE_ELSEWHERE. */
  abstract grant(call: Call<typeof GrantRole>): Promise<Answer>;
  /** Rejects ROLE_NOT_HELD, ROLE_ABOVE_OWN. */
  abstract end(call: Call<typeof EndRole>): Promise<Answer>;
  abstract find(ask: Ask<typeof FindUser>): Promise<KnownUser | null>;
  /** Those of whose roles the caller may know. */
  abstract list(ask: Ask<typeof ListUsers>): Promise<User[]>;
}
