import { UserApi } from '#lumbung/contracts';
import { type Caller, Rejection, UserName, uuidOf } from '#lumbung/kernel';
import { type Bus, clientFor } from '#lumbung/transport';

/** The user a command acts as when `--user` does not say. */
export const DEFAULT_USER = 'pengurus';

const userUnknown = (name: string) =>
  new Rejection(
    'USER_UNKNOWN',
    `Pengguna ${name} tidak dikenal. Pilih yang lain dengan --user, atau tambahkan dengan ` +
      'lumbung user add.',
  );

/** Acts as a named local user. Rejects USER_UNKNOWN. */
export const actingAs = async (bus: Bus, name: string, thread: string): Promise<Caller> => {
  const correlationId = uuidOf('cli', thread);
  const asking = { user: 'system:cli' as UserName, role: 'system', correlationId };
  const parsed = UserName.safeParse(name);
  const query = { name: parsed.data as UserName };
  const user = parsed.success
    ? await clientFor(UserApi, bus).find({ query, caller: asking })
    : null;
  if (!user) throw userUnknown(name);
  return { user: user.name, role: user.role, correlationId };
};
