import { AddUser, FindUser, ListUsers, type Role } from '#lumbung/contracts';
import { memoryEventStore } from '#lumbung/event-store/memory';
import {
  type Anything,
  type Ask,
  type Call,
  type Caller,
  type CommandId,
  type QueryDeclaration,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Engine, nodePlatform } from '#lumbung/runtime';
import { identity } from '../identity.module.js';
import { memoryVault } from '../vault/vault.js';
import { UserHandler } from './user.handler.js';

const caller: Caller = {
  user: 'pengurus' as UserName,
  role: 'pengurus',
  correlationId: 'test',
};

const askOf = <Q extends QueryDeclaration<Anything>>(_: Q, query: object) =>
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
  users = new UserHandler(engine.commands, engine.readModels);
});
afterEach(() => engine.stop());

const add = async (name: string, role: Role | 'system' = 'kasir') => {
  const id = uuidOf('add', name, role) as CommandId;
  const command = { type: 'AddUser', data: { name, role }, id, issuedAt: engine.now };
  const answer = await users.add({ command, caller } as unknown as Call<typeof AddUser>);
  expect(await engine.progress.wait(BigInt(answer.position))).toBe(true);
  return answer;
};

describe('the users of a deployment', () => {
  it('are listed by name, and found by it', async () => {
    await add('wati');
    await add('agus', 'auditor');
    expect(await users.list(askOf(ListUsers, {}))).toEqual([
      { name: 'agus', role: 'auditor' },
      { name: 'wati', role: 'kasir' },
    ]);
    const wati = await users.find(askOf(FindUser, { name: 'wati' }));
    expect(wati).toMatchObject({ name: 'wati', role: 'kasir' });
    expect(wati?.permissions).toContain('simpanan.deposit');
    expect(wati?.permissions).not.toContain('book.close-month');
    expect(await users.find(askOf(FindUser, { name: 'dewi' }))).toBeNull();
  });

  it('are all listed, however many they are', async () => {
    const names = Array.from({ length: 501 }, (_, place) => `petugas-${1_000 + place}`);
    await Promise.all(names.map((name) => add(name, 'petugas')));
    expect((await users.list(askOf(ListUsers, {}))).map(({ name }) => name)).toEqual(names);
  });

  it('are added once, also when the wish comes twice', async () => {
    const first = await add('wati');
    expect(await add('wati')).toEqual(first);
    await expect(add('wati', 'pengurus')).rejects.toMatchObject({ code: 'USER_EXISTS' });
  });

  it.each([
    ['Wati', 'kasir', 'USER_NAME_MALFORMED'],
    ['w', 'kasir', 'USER_NAME_MALFORMED'],
    ['system:calendar', 'kasir', 'USER_NAME_MALFORMED'],
    ['wati', 'system', 'INVALID_INPUT'],
  ] as const)('are never %s as %s', async (name, role, code) => {
    await expect(add(name, role)).rejects.toMatchObject({ code });
  });
});
