import {
  type AccountApi,
  AdmitMember,
  FindMembers,
  type ProgressApi,
  type UserApi,
} from '#lumbung/contracts';
import type { Instant, MemberId } from '#lumbung/kernel';
import { ask, type Context, call } from './caller.js';
import type { Following } from './following.js';
import { PolicyResolver } from './ledger/account.resolver.js';
import type { CooperativeNode } from './reporting/totals.resolver.js';
import { contextMaker } from './request.js';

const PARE = '35.06.17.1009';

/** Faces that note what they are asked; `kasir` and `pengurus` are the users. */
const faces = () => {
  const asked: unknown[] = [];
  const users = {
    find: async (ask: { query: { name: string } }) => {
      asked.push({ find: ask });
      const { name } = ask.query;
      return ['kasir', 'pengurus'].includes(name)
        ? { name, roles: [{ role: name, scope: PARE, member: null }] }
        : null;
    },
  } as unknown as UserApi;
  const progress = {
    wait: async (ask: unknown) => asked.push({ wait: ask }),
  } as unknown as ProgressApi;
  const accounts = {
    balances: async (ask: { query: { members: string[] } }) => {
      asked.push({ balances: ask });
      return ask.query.members.map((member) => ({ member }));
    },
    policies: async (ask: { query: { cooperatives: string[] } }) => {
      asked.push({ policies: ask });
      return ask.query.cooperatives.map((from) => [{ from }]);
    },
  } as unknown as AccountApi;
  return { asked, make: contextMaker(users, progress, accounts) };
};

const requestWith = (headers: Record<string, string | string[]> = {}) => ({ id: 'r-1', headers });

const kasir = {
  ...{ user: 'kasir', role: 'kasir', correlationId: 'r-1' },
  roles: [{ role: 'kasir', scope: PARE }],
};

describe('a request', () => {
  it('is made by the user that it names, in his role', async () => {
    const { make, asked } = faces();
    const { caller } = await make(requestWith({ 'x-lumbung-user': 'kasir' }));
    expect(caller).toEqual(kasir);
    const looking = { user: 'system:gateway', role: 'system', correlationId: 'r-1' };
    expect(asked).toEqual([{ find: { query: { name: 'kasir' }, caller: looking } }]);
  });

  it('that names nobody is refused, and nobody is looked up', async () => {
    const { make, asked } = faces();
    await expect(make(requestWith())).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
    expect(asked).toEqual([]);
  });

  it('is made by the first that it names', async () => {
    const request = requestWith({ 'x-lumbung-user': ['kasir', 'pengurus'] });
    expect((await faces().make(request)).caller.user).toBe('kasir');
  });

  it.each(['tamu', 'Pengurus', '', 'x'.repeat(200)])('by "%s" is refused', async (name) => {
    const making = faces().make(requestWith({ 'x-lumbung-user': name }));
    await expect(making).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
  });

  it('waits for the position that it names', async () => {
    const { make, asked } = faces();
    await make(requestWith({ 'x-lumbung-user': 'kasir', 'x-lumbung-after': '42' }));
    expect(asked.at(-1)).toEqual({ wait: { query: { position: '42' }, caller: kasir } });
  });

  it('asks for all balances that it needs at once, on behalf of its user', async () => {
    const { make, asked } = faces();
    const { loaders } = await make(requestWith({ 'x-lumbung-user': 'kasir' }));
    const members = ['a', 'b', 'a'] as MemberId[];
    const balances = await Promise.all(members.map((member) => loaders.balances.load(member)));
    expect(balances.map(({ member }) => member)).toEqual(members);
    expect(asked.slice(1)).toEqual([
      { balances: { query: { members: ['a', 'b'] }, caller: kasir } },
    ]);
  });
});

describe('the policies of a page of cooperatives', () => {
  it('are asked for at once, also when its members ask again', async () => {
    const { make, asked } = faces();
    const context = await make(requestWith({ 'x-lumbung-user': 'kasir' }));
    const resolver = new PolicyResolver({} as AccountApi, {} as Following);
    const codes = ['35.06.17.1009', '35.06.01.2001', '35.06.17.1009'];
    const nodes = codes.map((code) => ({ code }) as CooperativeNode);
    const policies = await Promise.all(nodes.map((node) => resolver.policies(node, context)));
    expect(policies).toEqual(codes.map((from) => [{ from }]));
    const query = { cooperatives: codes.slice(0, 2) };
    expect(asked.slice(1)).toEqual([{ policies: { query, caller: kasir } }]);
  });
});

describe('what is sent to a face', () => {
  const context = { caller: kasir } as unknown as Context;

  it('is a command with the sender’s id and time, and no fields that were left empty', () => {
    const issuedAt = '2026-03-02T02:00:00.000Z' as Instant;
    const input = { commandId: 'c-1', issuedAt, name: 'Siti Rahayu', phone: null, sex: 'P' };
    expect(call(AdmitMember, input, context)).toStrictEqual({
      command: {
        ...{ type: 'AdmitMember', id: 'c-1', issuedAt },
        data: { name: 'Siti Rahayu', sex: 'P' },
      },
      caller: kasir,
    });
  });

  it('is a question without what was left empty, but with what is false or nought', () => {
    const fields = { members: [], after: null, started: false, first: 0 };
    expect(ask(FindMembers, fields, context)).toStrictEqual({
      query: { members: [], started: false, first: 0 },
      caller: kasir,
    });
  });
});
