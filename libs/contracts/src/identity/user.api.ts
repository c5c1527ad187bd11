import {
  type Ask,
  type Call,
  Choice,
  type CommandOf,
  command,
  face,
  query,
  UserName,
  type z,
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';

/** Board, cashier, supervisors, officer of the regency, auditor; `system` is workflows only. */
export const Role = Choice('pengurus', 'kasir', 'pengawas', 'petugas', 'auditor');
export type Role = z.infer<typeof Role>;

export const AddUser = command('AddUser', { name: UserName, role: Role });
export type AddUser = CommandOf<typeof AddUser>;

export type User = { name: UserName; role: Role };

/** With what his role may do, so that nobody begins what he may not end. */
export type KnownUser = User & { permissions: readonly string[] };

export const FindUser = query({ name: UserName });
export const ListUsers = query({});

export abstract class UserApi {
  static readonly face = face<UserApi>('identity.user', {
    add: AddUser,
    find: FindUser,
    list: ListUsers,
  });

  /** Rejects USER_EXISTS. */
  abstract add(call: Call<typeof AddUser>): Promise<Answer>;
  abstract find(ask: Ask<typeof FindUser>): Promise<KnownUser | null>;
  abstract list(ask: Ask<typeof ListUsers>): Promise<User[]>;
}
