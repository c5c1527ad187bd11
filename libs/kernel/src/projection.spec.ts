import { event, Rupiah, rupiah, z } from './index.js';
import { atDeclaredVersion, projection, when, whenPosted } from './projection.js';
import { recorded } from './testing/index.js';

const Opened = event('test.Opened', 1, { member: z.string() });
const Deposited = event(
  'test.Deposited',
  2,
  { member: z.string(), posting: z.object({ total: Rupiah }).optional() },
  { 1: (data: object) => ({ ...data, member: 'siti' }) },
);

type Balance = { id: string; deposits: number; total: number };

const balances = projection<Balance>({
  name: 'balance',
  version: 4,
  indexes: { total: ['total'] },
  initial: (id) => ({ id, deposits: 0, total: 0 }),
  on: [
    when(Deposited, {
      keys: ({ data }) => [data.member],
      evolve: (balance) => ({ ...balance, deposits: balance.deposits + 1 }),
    }),
    whenPosted<Balance, { total: number }>({
      keys: () => ['everybody', 'siti'],
      evolve: (balance, { data }, key) => ({
        ...balance,
        total: balance.total + (key === 'siti' ? data.posting.total : 1),
      }),
    }),
    when(Deposited, { keys: () => ['twice'], evolve: (balance) => balance }),
  ],
});

const deposit = Deposited({ member: 'siti', posting: { total: rupiah(5) } });

describe('a projection', () => {
  it('has a name, a version, indexes and a first document for each key', () => {
    expect(balances).toMatchObject({ name: 'balance', version: 4, indexes: { total: ['total'] } });
    expect(balances.initial('siti')).toEqual({ id: 'siti', deposits: 0, total: 0 });
    expect(balances.declarations).toEqual([Deposited, Deposited]);
  });

  it('answers with every clause of an event, and those of postings after them', () => {
    const keys = balances.clausesFor(deposit).map((clause) => clause.keys(recorded(deposit)));
    expect(keys).toEqual([['siti'], ['twice'], ['everybody', 'siti']]);
  });

  it('answers with the clause of postings for an event that it does not know', () => {
    const other = { type: 'test.Other', version: 9, data: { posting: { total: 2 } } };
    const [clause, ...others] = balances.clausesFor(other);
    expect(others).toEqual([]);
    const before = balances.initial('siti');
    expect(clause?.evolve(before, recorded(other), 'siti').total).toBe(2);
    expect(clause?.evolve(before, recorded(other), 'everybody').total).toBe(1);
  });

  it('does not look at other events, nor at a posting that is not there', () => {
    expect(balances.clausesFor(Opened({ member: 'siti' }))).toEqual([]);
    expect(balances.clausesFor(Deposited({ member: 'siti' }))).toHaveLength(2);
  });
});

describe('a stored event', () => {
  it('is brought to the version that the clauses were written for', () => {
    const old = recorded({ type: 'test.Deposited', version: 1, data: {} }, 7);
    const present = atDeclaredVersion(old, Deposited);
    expect(present).toEqual({ ...old, version: 2, data: { member: 'siti' } });
    const latest = recorded(deposit);
    expect(atDeclaredVersion(latest, Deposited)).toBe(latest);
  });

  it('that is newer than the code is not understood', () => {
    expect(atDeclaredVersion(recorded({ ...deposit, version: 3 }), Deposited)).toBeUndefined();
  });
});
