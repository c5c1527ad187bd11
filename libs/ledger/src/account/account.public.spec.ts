import {
  DepositSimpanan,
  EnterOpeningSimpanan,
  JournalRecorded,
  MemberSettled,
  PayResigned,
  PokokPaidUp,
  SettleMember,
  SimpananChanged,
  WithdrawSimpanan,
} from '#lumbung/contracts';
import type { DomainEvent } from '#lumbung/kernel';
import { date, rupiah, ZERO } from '#lumbung/kernel';
import { recorded } from '#lumbung/kernel/testing';
import { bookPublic } from '../book/book.public.js';
import { COOPERATIVE, followedBy, licensed, opened, policy, SITI } from '../testing/samples.js';
import { accountPublic } from './account.public.js';

const on = date('2026-03-02');
const siti = { cooperative: COOPERATIVE, member: SITI, date: on, channel: 'KAS' };
const pokok = { ...siti, kind: 'POKOK', amount: 100_000 };
const sukarela = { ...siti, kind: 'SUKARELA', amount: 50_000 };
const umum = [policy(), opened('UMUM')];
const full = followedBy(umum, DepositSimpanan, pokok);
const saved = followedBy([licensed, opened('USP')], DepositSimpanan, sukarela);

/** What others hear of the last event of a history. */
const toldOf = (history: DomainEvent[]) => {
  const last = recorded(history.at(-1) as DomainEvent);
  const carries = (last.data as { posting?: unknown }).posting !== undefined;
  return [...accountPublic, ...bookPublic].flatMap(({ from, map }) => {
    const isMeant = from === 'posting' ? carries : from.type === last.type;
    return (isMeant && map(last)) || [];
  });
};

const changed = (changes: { pokok?: number; wajib?: number; sukarela?: number }) => {
  const { pokok = 0, wajib = 0, sukarela = 0 } = changes;
  const amounts = { pokok: rupiah(pokok), wajib: rupiah(wajib), sukarela: rupiah(sukarela) };
  return SimpananChanged({ cooperative: COOPERATIVE, ...amounts, date: on });
};
const journal = (book: 'UMUM' | 'USP', first: boolean) =>
  JournalRecorded({ cooperative: COOPERATIVE, book, date: on, first });

describe('others hear', () => {
  it('of a deposit what it changed, and when it completes the pokok', () => {
    expect(toldOf(full)).toEqual([
      changed({ pokok: 100_000 }),
      PokokPaidUp({ cooperative: COOPERATIVE, member: SITI, on }),
      journal('UMUM', true),
    ]);
    const wajib = { ...siti, kind: 'WAJIB', amount: 20_000, month: '2026-03' };
    expect(toldOf(followedBy(full, DepositSimpanan, wajib))).toEqual([
      changed({ wajib: 20_000 }),
      journal('UMUM', false),
    ]);
  });

  it('of an opening as of a deposit', () => {
    const opening = { ...siti, book: 'UMUM', pokok: 100_000, wajib: 40_000, sukarela: 0 };
    expect(toldOf(followedBy(umum, EnterOpeningSimpanan, opening))).toEqual([
      changed({ pokok: 100_000, wajib: 40_000 }),
      PokokPaidUp({ cooperative: COOPERATIVE, member: SITI, on }),
      journal('UMUM', true),
    ]);
  });

  it('of a withdrawal what is gone', () => {
    expect(toldOf(followedBy(saved, WithdrawSimpanan, sukarela))).toEqual([
      changed({ sukarela: -50_000 }),
      journal('USP', false),
    ]);
  });

  it('of a settlement what left the simpanan of its book', () => {
    const leaving = { ...siti, book: 'UMUM', fromUsp: 50_000 };
    expect(toldOf(followedBy(full, SettleMember, leaving))).toEqual([
      changed({ pokok: -100_000 }),
      MemberSettled({
        ...{ cooperative: COOPERATIVE, book: 'UMUM', member: SITI },
        ...{ amount: rupiah(100_000), date: on },
      }),
      journal('UMUM', false),
    ]);
  });

  it('of a settlement of nothing its own date, not the day on which it was recorded', () => {
    const day = date('2026-02-10');
    const leaving = { ...siti, book: 'UMUM', fromUsp: 0, date: day };
    const settled = { cooperative: COOPERATIVE, book: 'UMUM', member: SITI, amount: ZERO } as const;
    expect(toldOf(followedBy(umum, SettleMember, leaving))).toEqual([
      MemberSettled({ ...settled, date: day }),
    ]);
  });

  it('of a payment to whoever left no change of simpanan', () => {
    const left = followedBy(full, SettleMember, { ...siti, book: 'UMUM', fromUsp: 0 });
    expect(toldOf(followedBy(left, PayResigned, siti))).toEqual([journal('UMUM', false)]);
  });

  it('nothing of what moves no money', () => {
    expect([toldOf(umum), toldOf([policy()]), toldOf([licensed])]).toEqual([[], [], []]);
  });
});
