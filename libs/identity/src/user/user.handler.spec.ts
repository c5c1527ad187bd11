import { randomUUID } from 'node:crypto';
import {
  type AddUser,
  type EndRole,
  FindUser,
  type GrantRole,
  ListUsers,
  type Role,
} from '#lumbung/contracts';
import { memoryEventStore } from '#lumbung/event-store/memory';
import {
  type Anything,
  type Ask,
  addDays,
  businessDate,
  type Call,
  type Caller,
  type CommandId,
  type QueryDeclaration,
  type Scope,
  type UserName,
} from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Engine, nodePlatform } from '#lumbung/runtime';
import { identity } from '../identity.module.js';
import { memoryVault } from '../vault/vault.js';
import { UserHandler } from './user.handler.js';

const PARE = '35.06.17.1009';
const TODAY = businessDate(nodePlatform.clock.now(), 'Asia/Jakarta');

const founder: Caller = {
  user: 'system:founding' as UserName,
  role: 'system',
  correlationId: 'test',
};
const holding = (user: string, role: string, scope: string): Caller => ({
  ...{ user: user as UserName, role, correlationId: 'test' },
  roles: [{ role, scope: scope as Scope }],
});

const askOf = <Q extends QueryDeclaration<Anything>>(_: Q, query: object, caller = founder) =>
  ({ query, caller }) as unknown as Ask<Q>;

let engine: Engine;
let users: UserHandler;

beforeEach(async () => {
  const readStore = memoryReadStore();
  engine = new Engine({
    ...{ platform: nodePlatform, services: [identity], sealing: memoryVault(nodePlatform) },
    store: memoryEventStore(nodePlatform),
    readStoreOf: () => readStore,
    deployment: { regency: '35.06', zone: 'Asia/Jakarta', simulated: false },
    dispatch: async () => ({ position: '0' }),
    onFailure: (error) => {
      throw error;
    },
  });
  await engine.start({ keepsTime: false });
  await engine.projections.untilServingAll();
  users = new UserHandler(engine);
});
afterEach(() => engine.stop());

const sent = (type: string, data: object) => ({
  command: { type, data, id: randomUUID() as CommandId, issuedAt: engine.now },
  caller: founder,
});

const shown = async <T extends { position: string }>(answering: Promise<T>): Promise<T> => {
  const answer = await answering;
  expect(await engine.progress.wait(BigInt(answer.position))).toBe(true);
  return answer;
};

const adding = (name: string, role: string, scope = PARE) =>
  sent('AddUser', { name, role, scope }) as Call<typeof AddUser>;

const add = (name: string, role: Role = 'kasir', scope = PARE) =>
  shown(users.add(adding(name, role, scope)));

const since = { from: TODAY, until: null, member: null };

describe('the users of a deployment', () => {
  it('are listed by name, and found by it', async () => {
    await add('wati');
    await add('agus', 'auditor');
    expect(await users.list(askOf(ListUsers, {}))).toEqual([
      { name: 'agus', roles: [{ role: 'auditor', scope: PARE, ...since }], current: 'auditor' },
      { name: 'wati', roles: [{ role: 'kasir', scope: PARE, ...since }], current: 'kasir' },
    ]);
    const wati = await users.find(askOf(FindUser, { name: 'wati' }));
    expect(wati?.permissions).toContain('simpanan.deposit');
    expect(wati?.permissions).not.toContain('book.close-month');
    expect(await users.find(askOf(FindUser, { name: 'dewi' }))).toBeNull();
  });

  it('have the roles of today, not those that ended or are to come', async () => {
    await add('wati');
    const later = { name: 'wati', role: 'ketua', scope: PARE, from: addDays(TODAY, 1) };
    await shown(users.grant(sent('GrantRole', later) as Call<typeof GrantRole>));
    const over = { name: 'wati', role: 'kasir', scope: PARE, on: addDays(TODAY, -1) };
    await shown(users.end(sent('EndRole', over) as Call<typeof EndRole>));
    expect(await users.find(askOf(FindUser, { name: 'wati' }))).toEqual({
      ...{ name: 'wati', roles: [], permissions: [], current: null },
    });
    const [wati] = await users.list(askOf(ListUsers, {}));
    expect(wati?.roles.map(({ role }) => role)).toEqual(['kasir', 'ketua']);
  });

  it('are known to whom their roles concern, and each to himself', async () => {
    await add('wati');
    await add('dewi', 'ketua', '35.06.17.2001');
    const namesFor = async (caller: Caller) =>
      (await users.list(askOf(ListUsers, {}, caller))).map(({ name }) => name);
    expect(await namesFor(holding('sri', 'ketua', PARE))).toEqual(['wati']);
    expect(await namesFor(holding('agus', 'auditor', '35.06'))).toEqual(['dewi', 'wati']);
    expect(await namesFor(holding('dewi', 'anggota', PARE))).toEqual(['dewi']);
    const sri = holding('sri', 'ketua', PARE);
    expect(await users.find(askOf(FindUser, { name: 'dewi' }, sri))).toBeNull();
  });

  it('are all listed, however many they are', async () => {
    const names = Array.from({ length: 501 }, (_, place) => `petugas-${1_000 + place}`);
    await Promise.all(names.map((name) => add(name, 'petugas')));
    expect((await users.list(askOf(ListUsers, {}))).map(({ name }) => name)).toEqual(names);
  });

  it('are added once, also when the wish comes twice', async () => {
    const wish = adding('wati', 'kasir');
    const first = await shown(users.add(wish));
    expect(await users.add(wish)).toEqual(first);
    await expect(add('wati', 'pengurus')).rejects.toMatchObject({ code: 'USER_EXISTS' });
  });

  it.each([
    ['Wati', 'kasir', PARE, 'USER_NAME_MALFORMED'],
    ['w', 'kasir', PARE, 'USER_NAME_MALFORMED'],
    ['system:calendar', 'kasir', PARE, 'USER_NAME_MALFORMED'],
    ['wati', 'system', PARE, 'INVALID_INPUT'],
    ['wati', 'kasir', 'Pare', 'SCOPE_MALFORMED'],
    ['wati', 'kasir', '35.06.17.10', 'SCOPE_MALFORMED'],
    ['wati', 'kasir', '35.07', 'SCOPE_ELSEWHERE'],
  ])('are never %s as %s in %s', async (name, role, scope, code) => {
    const wish = async () => users.add(adding(name, role, scope));
    await expect(wish()).rejects.toMatchObject({ code });
  });
});
