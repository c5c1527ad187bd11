import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccountApi,
  AdmitMember,
  CooperativeApi,
  DepositSimpanan,
  MemberApi,
  RegionApi,
  RegisterCooperative,
  SetSimpananPolicy,
  SimpananApi,
} from '#lumbung/contracts';
import {
  type Caller,
  type CommandDeclaration,
  type CommandId,
  type MemberId,
  type Scope,
  type UserName,
  type VillageCode,
} from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, clientFor, followed } from '#lumbung/transport';
import { openEmbedded } from '../../apps/lumbung/src/embedded.js';
import { PARE } from '../stories/villagers.js';

/** Two cooperatives in districts of their own. */
export const HERE = PARE as VillageCode;
export const THERE = '35.06.01.2001' as VillageCode;

// Of the platform's own, so that it gives roles before anybody has one.
export const PENGURUS: Caller = {
  ...{ user: 'system:office' as UserName, role: 'pengurus', correlationId: 'office' },
  roles: [{ role: 'pengurus', scope: '35.06' as Scope }],
};

export const sent = <T extends string, D>({ type }: CommandDeclaration<T, D>, data: unknown) => ({
  command: {
    ...{ type, data: data as D, id: randomUUID() as CommandId },
    issuedAt: nodePlatform.clock.now(),
  },
  caller: PENGURUS,
});

/** What a name would be recognised by, in whatever is answered. */
export const NAME = 'Sukarti Rahasia';

const DETAILS = { sex: 'P', birthDate: '1990-01-01', address: 'Dusun Rahasia', name: NAME };

const cooperative = async (bus: Bus, code: VillageCode, nik: string): Promise<MemberId> => {
  const query = { village: code };
  const place = await clientFor(RegionApi, bus).place({ query, caller: PENGURUS });
  const { cooperativeName: name, village, district, regency, province } = place;
  const named = { cooperative: code, name, village, district, regency, province };
  await clientFor(CooperativeApi, bus).register(sent(RegisterCooperative, named));
  await followed(bus, PENGURUS);
  const policy = { cooperative: code, from: '2026-01', pokok: 100_000, wajib: 20_000 };
  const policies = sent(SetSimpananPolicy, { ...policy, pokokInParts: false });
  await clientFor(AccountApi, bus).setPolicy(policies);
  const who = { cooperative: code, nik, ktpVillage: code, joinedOn: '2026-01-05', ...DETAILS };
  const { member } = await clientFor(MemberApi, bus).admit(sent(AdmitMember, who));
  await followed(bus, PENGURUS);
  const paid = { cooperative: code, member, kind: 'POKOK', amount: 100_000, channel: 'KAS' };
  const deposit = sent(DepositSimpanan, { ...paid, date: '2026-01-06' });
  await clientFor(SimpananApi, bus).deposit(deposit);
  return member;
};

/** A platform with two cooperatives, and a member in each who has paid his pokok. */
export const openOffice = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lumbung-access-'));
  const opened = await openEmbedded({
    ...{ folder, platform: nodePlatform, keepsTime: false },
    ...{ logLevel: 'silent', isProduction: false, token: randomUUID() },
  });
  await opened.ready;
  const { bus } = opened;
  const members = {
    here: await cooperative(bus, HERE, '3506994101900001'),
    there: await cooperative(bus, THERE, '3506994101900002'),
  };
  await followed(bus, PENGURUS);
  const close = async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  };
  return { bus, members, listen: opened.listen, close };
};

export type Office = Awaited<ReturnType<typeof openOffice>>;
