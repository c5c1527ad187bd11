import {
  AddUser,
  CooperativeApi,
  RegionApi,
  RegisterCooperative,
  TotalsApi,
  UserApi,
} from '#lumbung/contracts';
import {
  type Caller,
  type CommandId,
  type Instant,
  type RegencyCode,
  Rejection,
  type Scope,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { type Bus, clientFor } from '#lumbung/transport';

/** The hand that makes a new folder usable. */
export const FOUNDER: Caller = {
  user: 'system:founding' as UserName,
  role: 'founder',
  correlationId: 'founding',
};

const FIRST_USER = 'pengurus';

const unless = (code: string) => (error: unknown) => {
  if (!(error instanceof Rejection && error.code === code)) throw error;
};

/** Adds the user that a first page acts as; nothing when he is there. */
export const addFirstUser = async (bus: Bus, regency: string, now: Instant): Promise<void> => {
  const users = clientFor(UserApi, bus);
  const name = FIRST_USER as UserName;
  if (await users.find({ query: { name }, caller: FOUNDER })) return;
  const id = uuidOf('first-user', name) as CommandId;
  const data = { name, role: 'pengurus' as const, scope: regency as Scope };
  const command = { type: AddUser.type, data, id, issuedAt: now };
  await users.add({ command, caller: FOUNDER }).catch(unless('USER_EXISTS'));
};

/**
 * Registers every village's cooperative of a regency that is not there yet, named by the rule.
 * Answers how many are new; a second time none is.
 */
export const found = async (
  bus: Bus,
  regency: string,
  now: Instant,
  onProgress: (done: number, of: number) => void,
): Promise<number> => {
  const query = { regency: regency as RegencyCode };
  const places = await clientFor(RegionApi, bus).places({ query, caller: FOUNDER });
  const totals = clientFor(TotalsApi, bus);
  const region = await totals.region({ query: { code: regency }, caller: FOUNDER });
  if ((region?.cooperativeCount ?? 0) >= places.length) return 0;
  const cooperatives = clientFor(CooperativeApi, bus);
  let done = 0;
  let registered = 0;
  const register = async ({ code, cooperativeName, ...place }: (typeof places)[number]) => {
    const { village, district, regency: regencyName, province } = place;
    const data = {
      cooperative: code,
      name: cooperativeName,
      village,
      district,
      regency: regencyName,
      province,
    };
    const id = uuidOf('found', code) as CommandId;
    const command = { type: RegisterCooperative.type, data, id, issuedAt: now };
    const isNew = await cooperatives
      .register({ command, caller: FOUNDER })
      .then(() => true)
      .catch(unless('COOPERATIVE_ALREADY_REGISTERED'));
    if (isNew) registered += 1;
    done += 1;
    onProgress(done, places.length);
  };
  await Promise.all(places.map(register));
  return registered;
};
