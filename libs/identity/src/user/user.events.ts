import { Role } from '#lumbung/contracts';
import { type EventOf, event, UserName } from '#lumbung/kernel';

export const UserAdded = event('identity.UserAdded', 1, { name: UserName, role: Role });
export type UserAdded = EventOf<typeof UserAdded>;
