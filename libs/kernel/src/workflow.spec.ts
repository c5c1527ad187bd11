import {
  type Ask,
  type Call,
  command,
  event,
  face,
  type Heard,
  MemberId,
  patternOf,
  query,
  reacts,
  send,
  uuidOf,
} from './index.js';
import { recorded } from './testing/index.js';

const Open = command('Open', { member: MemberId });
const Find = query({ member: MemberId });
const Admitted = event('test.Admitted', 1, { member: MemberId });

abstract class AccountApi {
  static readonly face = face<AccountApi>('test.account', { open: Open, find: Find });

  abstract open(call: Call<typeof Open>): Promise<void>;
  abstract find(ask: Ask<typeof Find>): Promise<string | null>;
}

const member = MemberId.parse(uuidOf('test', 'siti'));

describe('a face', () => {
  it('names each method and what it takes', () => {
    expect(AccountApi.face).toEqual({ name: 'test.account', methods: { open: Open, find: Find } });
    expect(patternOf(AccountApi.face, 'open')).toBe('test.account.open');
  });

  it('declares all of its methods, and no others', () => {
    // @ts-expect-error -- find is missing
    face<AccountApi>('test.account', { open: Open });
    // @ts-expect-error -- the class has no such method
    const { name } = face<AccountApi>('test.account', { open: Open, find: Find, shut: Open });
    expect(name).toBe('test.account');
  });

  it('asks for nothing that a query does not declare', () => {
    expect(Find.schema.safeParse({ member }).success).toBe(true);
    expect(Find.schema.safeParse({ member, all: true }).success).toBe(false);
  });
});

describe('a workflow', () => {
  it('means to send a command to the method that takes it', () => {
    expect(send(AccountApi, 'open', Open, { member })).toEqual({
      pattern: 'test.account.open',
      command: { type: 'Open', data: { member } },
    });
    // @ts-expect-error -- the face has no such method
    expect(send(AccountApi, 'shut', Open, { member }).pattern).toBe('test.account.shut');
  });

  it('reacts to an event of one kind, in the process that it belongs to', () => {
    const reaction = reacts<string[], 'test.Admitted', { member: MemberId }>(Admitted, {
      process: ({ data }) => data.member,
      decide: (_, { data }) => [send(AccountApi, 'open', Open, data)],
      evolve: (state, { data }) => {
        state.push(data.member);
      },
    });
    const heard: Heard = recorded(Admitted({ member }));
    const state: string[] = [];
    expect(reaction.declaration).toBe(Admitted);
    expect(reaction.process(heard)).toBe(member);
    expect(reaction.decide(state, heard)).toHaveLength(1);
    reaction.evolve?.(state, heard);
    expect(state).toEqual([member]);
  });
});
