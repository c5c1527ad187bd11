import { CollectWajib, DepositSimpanan, WithdrawSimpanan } from '#lumbung/contracts';
import type { DomainEvent } from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import {
  BUDI,
  COOPERATIVE,
  closed,
  followedBy,
  licensed,
  opened,
  policy,
  SITI,
} from '../testing/samples.js';
import { bookKey, books } from './book.projection.js';
import { journals } from './journal.projection.js';

const siti = { cooperative: COOPERATIVE, member: SITI, date: '2026-03-02', channel: 'KAS' };
const wajib = { ...siti, kind: 'WAJIB', amount: 20_000, month: '2026-01', date: '2026-02-10' };
const sukarela = { ...siti, kind: 'SUKARELA', amount: 50_000 };
const list = { ...siti, month: '2026-02', members: [SITI, BUDI] };

const early = followedBy([policy(), opened('UMUM'), opened('UMUM', BUDI)], CollectWajib, list);
const umum = followedBy(early, DepositSimpanan, wajib);
const saved = followedBy([licensed, opened('USP')], DepositSimpanan, sukarela);
const usp = followedBy(saved, WithdrawSimpanan, { ...sukarela, amount: 20_000 });

const told = (events: DomainEvent[]) => events.map((event, at) => recorded(event, at));
const bookOf = (history: DomainEvent[], book: string) =>
  documentsOf(books, told(history)).get(bookKey(COOPERATIVE, book));

describe('a book as it is shown', () => {
  it('has its balances, its journals and the day of the latest', () => {
    expect(bookOf([...umum, ...usp], 'UMUM')).toEqual({
      ...{ book: 'UMUM', journalCount: 3, lastEntryOn: '2026-03-02' },
      ...{ closedThrough: null, uspOpen: false },
      balances: { 1101: 60_000, 3102: -60_000 },
    });
    expect(bookOf([...umum, ...usp], 'USP')).toMatchObject({
      ...{ book: 'USP', journalCount: 2, uspOpen: true },
      balances: { 1101: 30_000, 2101: -30_000 },
    });
  });

  it('has the month through which it is closed', () => {
    expect(bookOf([...umum, closed], 'UMUM')?.closedThrough).toBe('2026-03');
  });
});

describe('the journal', () => {
  const entries = [...documentsOf(journals, told([...umum, ...usp])).values()];

  it('has an entry for each posting, in the order of recording', () => {
    expect(entries.map(({ number }) => number)).toEqual([
      ...['UMUM/2026/00001', 'UMUM/2026/00002', 'UMUM/2026/00003'],
      ...['USP/2026/00001', 'USP/2026/00002'],
    ]);
    const sequences = entries.slice(0, 3).map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  it('says in words what was done, and who did it', () => {
    expect(entries.map(({ description }) => description)).toEqual([
      ...['Setoran simpanan wajib bulan 2026-02', 'Setoran simpanan wajib bulan 2026-02'],
      'Setoran simpanan wajib bulan 2026-01',
      ...['Setoran simpanan sukarela', 'Penarikan simpanan sukarela'],
    ]);
    expect(entries[2]).toMatchObject({ actor: 'bendahara', date: '2026-02-10', book: 'UMUM' });
    expect(entries[2]?.lines).toEqual([
      { account: '1101', debit: 20_000 },
      { account: '3102', credit: 20_000, member: SITI },
    ]);
  });

  it('keeps apart the years, and takes the words of an event that has its own', () => {
    const lines = [
      { account: '1111', debit: 5 },
      { account: '1101', credit: 5 },
    ];
    const posting = { book: 'UMUM', month: '2025-12', date: '2025-12-31', voucher: 9, lines };
    const data = { description: 'Setor ke bank', posting };
    const [entry] = documentsOf(
      journals,
      told([{ type: 'ledger.Other', version: 1, data }]),
    ).values();
    expect(entry).toMatchObject({ description: 'Setor ke bank', number: 'UMUM/2025/00009' });
    expect(entry?.sequence).toBeLessThan(entries[0]?.sequence ?? 0);
  });
});
