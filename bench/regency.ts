import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccountApi,
  AdmitMember,
  BookApi,
  CooperativeApi,
  DepositSimpanan,
  MemberApi,
  OpenUsp,
  RegionApi,
  RegisterCooperative,
  SetSimpananPolicy,
  SimpananApi,
} from '#lumbung/contracts';
import type { TelemetrySettings } from '#lumbung/hosting';
import {
  type Caller,
  type CommandDeclaration,
  type CommandId,
  date,
  type MemberId,
  month,
  type Nik,
  type RegencyCode,
  rupiah,
  type Scope,
  type UserName,
  type VillageCode,
} from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, clientFor, followed } from '#lumbung/transport';
import { openEmbedded } from '../apps/lumbung/src/embedded.js';

export const REGENCY = '35.06' as RegencyCode;

const called = (role: string): Caller => ({
  user: 'system:bench' as UserName,
  role,
  correlationId: randomUUID(),
});
const founder = called('founder');
const pengurus: Caller = {
  ...called('pengurus'),
  roles: [{ role: 'pengurus', scope: REGENCY as string as Scope }],
};

/** A command as the pengurus send it, under an id of its own. */
export const sent = <T extends string, D>({ type }: CommandDeclaration<T, D>, data: D) => ({
  command: {
    type,
    data,
    id: randomUUID() as CommandId,
    issuedAt: nodePlatform.clock.now(),
  },
  caller: pengurus,
});

export const asked = <Q>(query: Q) => ({ query, caller: pengurus });

const open = (folder: string, telemetry?: TelemetrySettings) =>
  openEmbedded({
    folder,
    telemetry,
    platform: nodePlatform,
    keepsTime: true,
    logLevel: 'error',
    isProduction: true,
    token: randomUUID(),
    threads: { workers: availableParallelism() },
  });

/** A platform on a folder: the given one, or a new one that goes when it is closed. */
export const openRegency = async (given?: string, telemetry?: TelemetrySettings) => {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'lumbung-bench-')));
  const opened = await open(folder, telemetry);
  await opened.ready;
  const close = async () => {
    await opened.close();
    if (!given) await rm(folder, { recursive: true });
  };
  return { ...opened, folder, close };
};

/** Runs `work` on all items, this many at a time. */
export const concurrently = async <T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
};

const LIMIT = 64;
const SINCE = '2026-01';

// District digits of 99 belong to nobody.
const nikOf = (index: number): Nik => {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const serial = String((index % 9_999) + 1).padStart(4, '0');
  return `350699${day}0190${serial}` as Nik;
};

const registered = async (bus: Bus, count: number): Promise<VillageCode[]> => {
  const regions = clientFor(RegionApi, bus);
  const places = await regions.places({ query: { regency: REGENCY }, caller: founder });
  const cooperatives = clientFor(CooperativeApi, bus);
  const chosen = places.slice(0, count);
  await concurrently(chosen, LIMIT, async ({ code, cooperativeName, ...place }) => {
    const data = { cooperative: code, name: cooperativeName, ...place };
    await cooperatives.register(sent(RegisterCooperative, data));
  });
  await followed(bus, pengurus);
  return chosen.map(({ code }) => code);
};

const prepared = (bus: Bus, cooperatives: readonly VillageCode[]) =>
  concurrently(cooperatives, LIMIT, async (cooperative) => {
    const amounts = { pokok: rupiah(100_000), wajib: rupiah(20_000), pokokInParts: false };
    const policy = { cooperative, from: month(SINCE), ...amounts };
    await clientFor(AccountApi, bus).setPolicy(sent(SetSimpananPolicy, policy));
    const licence = { cooperative, licence: 'USP-1', licensedOn: date(`${SINCE}-02`) };
    await clientFor(BookApi, bus).openUsp(sent(OpenUsp, licence));
  });

export type Enrolled = { cooperative: VillageCode; member: MemberId };

const admitted = async (bus: Bus, cooperatives: readonly VillageCode[], each: number) => {
  const enrolled: Enrolled[] = [];
  const members = clientFor(MemberApi, bus);
  const wanted = cooperatives.flatMap((cooperative) =>
    Array.from({ length: each }, (_, index) => ({ cooperative, index })),
  );
  await concurrently(wanted, LIMIT, async ({ cooperative, index }) => {
    const details = { sex: 'L', birthDate: '1990-01-01', address: 'Dusun Bench', name: 'Bench' };
    const nik = nikOf(cooperatives.indexOf(cooperative) * each + index);
    const data = {
      cooperative,
      nik,
      ...details,
      ktpVillage: cooperative,
      joinedOn: date('2026-01-05'),
    };
    const { member } = await members.admit(sent(AdmitMember, data as never));
    enrolled.push({ cooperative, member });
  });
  await followed(bus, pengurus);
  return enrolled;
};

/** Cooperatives with policies and an open USP, and members whose pokok is paid. */
export const populate = async (bus: Bus, count: number, each: number): Promise<Enrolled[]> => {
  const cooperatives = await registered(bus, count);
  await prepared(bus, cooperatives);
  const enrolled = await admitted(bus, cooperatives, each);
  const simpanan = clientFor(SimpananApi, bus);
  await concurrently(enrolled, LIMIT, async (who) => {
    const deposit = {
      ...who,
      kind: 'POKOK',
      amount: rupiah(100_000),
      date: date('2026-01-06'),
    } as const;
    await simpanan.deposit(sent(DepositSimpanan, { ...deposit, channel: 'KAS' }));
  });
  await followed(bus, pengurus);
  return enrolled;
};

/** One deposit of sukarela. */
export const depositOf = (who: Enrolled) =>
  sent(DepositSimpanan, {
    ...who,
    kind: 'SUKARELA',
    amount: rupiah(1_000),
    date: date('2026-02-01'),
    channel: 'KAS',
  });
