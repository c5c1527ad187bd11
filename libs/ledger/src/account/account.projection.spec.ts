import {
  DepositSimpanan,
  EnterOpeningSimpanan,
  PayResigned,
  SettleMember,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import type { DomainEvent } from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import {
  BUDI,
  COOPERATIVE,
  followedBy,
  licensed,
  opened,
  policy,
  SITI,
} from '../testing/samples.js';
import { simpananBalance, simpananPolicies } from './account.projection.js';

const siti = { cooperative: COOPERATIVE, member: SITI, date: '2026-03-02', channel: 'KAS' };
const wajib = { ...siti, kind: 'WAJIB', amount: 20_000 };
const sukarela = { ...siti, kind: 'SUKARELA', amount: 50_000 };
const opening = { ...siti, book: 'UMUM', pokok: 60_000, wajib: 40_000, sukarela: 0 };

const balanceOf = (history: DomainEvent[], member = SITI) =>
  documentsOf(
    simpananBalance,
    history.map((event, at) => recorded(event, at)),
  ).get(member);

const umum = [policy(), opened('UMUM')];
const usp = [licensed, opened('USP')];
const paid = ['2026-03', '2026-01'].reduce(
  (past, month) => followedBy(past, DepositSimpanan, { ...wajib, month }),
  umum,
);

describe('a member’s balance', () => {
  it('begins with the account: nothing is held, and nothing paid before membership', () => {
    expect(balanceOf(umum)).toEqual({
      ...{ member: SITI, cooperative: COOPERATIVE },
      ...{ pokok: 0, wajib: 0, sukarela: 0, owed: 0 },
      ...{ paidThrough: '2025-12', paidAfter: [] },
    });
    expect(balanceOf(umum, BUDI)).toBeUndefined();
  });

  it('holds what was paid, and the months that were paid for', () => {
    expect(balanceOf(paid)).toMatchObject({
      ...{ pokok: 0, wajib: 40_000, paidThrough: '2026-01', paidAfter: ['2026-03'] },
    });
    const february = followedBy(paid, DepositSimpanan, { ...wajib, month: '2026-02' });
    expect(balanceOf(february)).toMatchObject({
      ...{ wajib: 60_000, paidThrough: '2026-03', paidAfter: [] },
    });
  });

  it('holds what was brought in, with every month up to the cut-over', () => {
    const brought = followedBy(paid, EnterOpeningSimpanan, { ...opening, date: '2026-02-28' });
    expect(balanceOf(brought)).toMatchObject({
      ...{ pokok: 60_000, wajib: 80_000, paidThrough: '2026-03', paidAfter: [] },
    });
  });

  it('is one over both books, whose months are those of the general book', () => {
    const saved = followedBy(usp, DepositSimpanan, sukarela);
    const less = followedBy(saved, WithdrawSimpanan, { ...sukarela, amount: 20_000 });
    expect(balanceOf([...paid, ...less])).toMatchObject({
      ...{ wajib: 40_000, sukarela: 30_000, paidThrough: '2026-01' },
    });
  });

  it('is owed to whoever left, until it is paid', () => {
    const leaving = { ...siti, book: 'UMUM', fromUsp: 50_000 };
    const left = followedBy(paid, SettleMember, leaving);
    const ofUsp = followedBy(followedBy(usp, DepositSimpanan, sukarela), SettleMember, {
      ...{ ...leaving, book: 'USP', fromUsp: 0 },
    });
    const nothing = { pokok: 0, wajib: 0, sukarela: 0 };
    expect(balanceOf([...ofUsp, ...left])).toMatchObject({ ...nothing, owed: 90_000 });
    const settled = followedBy(left, PayResigned, siti);
    expect(balanceOf([...ofUsp, ...settled])).toMatchObject({ ...nothing, owed: 0 });
  });

  it('of each of many is changed by what is posted to him', () => {
    const other = followedBy([...paid, opened('UMUM', BUDI)], DepositSimpanan, {
      ...{ ...wajib, member: BUDI, month: '2026-01' },
    });
    expect([balanceOf(other)?.wajib, balanceOf(other, BUDI)?.wajib]).toEqual([40_000, 20_000]);
  });
});

describe('the policies of a cooperative', () => {
  it('are listed by the month from which each holds', () => {
    const set = [policy({ from: '2026-07' }), policy(), policy({ from: '2026-07', wajib: 25_000 })];
    const documents = documentsOf(
      simpananPolicies,
      set.map((event, at) => recorded(event, at)),
    );
    expect(documents.get(COOPERATIVE)?.policies.map(({ from, wajib }) => [from, wajib])).toEqual([
      ['2026-01', 20_000],
      ['2026-07', 25_000],
    ]);
  });
});
