import { callerOf, platformRejections, UserApi } from '#lumbung/contracts';
import { type Caller, refuse, UserName, uuidOf } from '#lumbung/kernel';
import { type Bus, clientFor } from '#lumbung/transport';
import { cliRejections } from './rejections.js';

/** The user a command acts as when `--user` does not say. */
export const DEFAULT_USER = 'pengurus';

type Acting = {
  /** Names the run in the log. */
  thread: string;
  /** What the command does, all of it: nobody begins what he may not end. */
  needs: readonly [string, ...string[]];
};

/** Acts as a named local user. Rejects USER_UNKNOWN, NOT_PERMITTED. */
export const actingAs = async (
  bus: Bus,
  name: string,
  { thread, needs }: Acting,
): Promise<Caller> => {
  const correlationId = uuidOf('cli', thread);
  const asking = { user: 'system:cli' as UserName, role: 'system', correlationId };
  const parsed = UserName.safeParse(name);
  const query = { name: parsed.data as UserName };
  const user = parsed.success
    ? await clientFor(UserApi, bus).find({ query, caller: asking })
    : null;
  if (!user) throw refuse(cliRejections, 'USER_UNKNOWN', { name });
  const permission = needs.find((needed) => !user.permissions.includes(needed));
  if (permission) throw refuse(platformRejections, 'NOT_PERMITTED', { permission });
  return callerOf(user, correlationId);
};
