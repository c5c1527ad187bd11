import {
  type AccountApi,
  callerOf,
  type ProgressApi,
  platformRejections,
  type UserApi,
} from '#lumbung/contracts';
import { type Caller, refuse, UserName } from '#lumbung/kernel';
import type { Context } from './caller.js';
import { simpananLoaders } from './ledger/account.loader.js';

/** The parts of an HTTP request that a context is made from. */
export type Request = { id: string; headers: Record<string, string | string[] | undefined> };

const header = ({ headers }: Request, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Before its user is known, a request may only look him up. */
const looking = (request: Request): Caller => ({
  user: 'system:gateway' as UserName,
  role: 'system',
  correlationId: request.id,
});

/**
 * Makes a request's context: who calls, what he waits for, and his loaders. Whoever names nobody
 * is nobody: an omission must not act in the most powerful role. Rejects USER_UNKNOWN.
 */
export const contextMaker =
  (users: UserApi, progress: ProgressApi, accounts: AccountApi) =>
  async (request: Request): Promise<Context> => {
    const name = UserName.safeParse(header(request, 'x-lumbung-user'));
    const asked = { query: { name: name.data as UserName }, caller: looking(request) };
    const user = name.success ? await users.find(asked) : null;
    if (!user) throw refuse(platformRejections, 'USER_UNKNOWN');
    const caller = callerOf(user, request.id);
    const position = header(request, 'x-lumbung-after');
    if (position) await progress.wait({ query: { position }, caller });
    return { caller, loaders: simpananLoaders(accounts, caller) };
  };
