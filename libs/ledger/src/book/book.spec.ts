import { CloseMonth, DepositSimpanan, OpenUsp } from '#lumbung/contracts';
import { type DomainEvent, date, month } from '#lumbung/kernel';
import { given } from '#lumbung/kernel/testing';
import {
  BUDI,
  COOPERATIVE,
  followedBy,
  licensed,
  opened,
  policy,
  SITI,
} from '../testing/samples.js';
import { PeriodClosed, UspOpened } from './book.events.js';
import { bookStream } from './book.stream.js';

const close = (period: string) => ({ cooperative: COOPERATIVE, book: 'UMUM', month: period });
const closed = (period: string) => PeriodClosed({ book: 'UMUM', month: month(period) });
const wajib = (due: string, on: string) => ({
  ...{ cooperative: COOPERATIVE, member: SITI, kind: 'WAJIB', amount: 20_000, channel: 'KAS' },
  month: due,
  date: on,
});

const umum = [policy(), opened('UMUM')];
const january = followedBy(umum, DepositSimpanan, wajib('2026-01', '2026-01-10'));
const traded = followedBy(january, DepositSimpanan, wajib('2026-02', '2026-02-10'));
const closing = (...months: string[]) =>
  months.reduce<DomainEvent[]>((past, due) => followedBy(past, CloseMonth, close(due)), traded);

describe('the months of a book', () => {
  it('open by use: the first that closes is the earliest with a journal', () => {
    given(bookStream, ...traded)
      .when(CloseMonth, close('2026-01'))
      .yields(closed('2026-01'));
    const budi = { ...wajib('2026-03', '2025-12-31'), member: BUDI };
    const earlier = [...traded, opened('UMUM', BUDI, '2025-12')];
    const late = followedBy(earlier, DepositSimpanan, budi);
    given(bookStream, ...late)
      .when(CloseMonth, close('2026-01'))
      .rejects('MONTH_NOT_NEXT', { next: '2025-12' });
  });

  it('close in order, also those without a journal', () => {
    given(bookStream, ...closing('2026-01'))
      .when(CloseMonth, close('2026-02'))
      .yields(closed('2026-02'));
    given(bookStream, ...traded)
      .when(CloseMonth, close('2026-02'))
      .rejects('MONTH_NOT_NEXT', { next: '2026-01' });
    given(bookStream, ...january, closed('2026-01'))
      .when(CloseMonth, close('2026-02'))
      .yields(closed('2026-02'));
  });

  it('close once', () => {
    given(bookStream, ...closing('2026-01'))
      .when(CloseMonth, close('2026-01'))
      .rejects('MONTH_CLOSED', { month: '2026-01' });
  });

  it('close when they are over, not before', () => {
    given(bookStream, ...closing('2026-01', '2026-02'))
      .when(CloseMonth, close('2026-03'))
      .rejects('MONTH_NOT_OVER');
    given(bookStream, ...closing('2026-01', '2026-02'))
      .when(CloseMonth, close('2026-03'), { businessDate: date('2026-04-01') })
      .yields(closed('2026-03'));
  });

  it('close while the next is trading already, and take nothing after that', () => {
    const book = given(bookStream, ...closing('2026-01'));
    expect(book.when(DepositSimpanan, wajib('2026-03', '2026-02-28')).then()).toHaveLength(1);
    book
      .when(DepositSimpanan, wajib('2026-03', '2026-01-31'))
      .rejects('MONTH_CLOSED', { month: '2026-01' });
  });

  it('do not close in a book that has no journal', () => {
    given(bookStream, ...umum)
      .when(CloseMonth, close('2026-02'))
      .rejects('NOTHING_TO_CLOSE');
  });
});

describe('the book of saving and lending', () => {
  const licence = {
    cooperative: COOPERATIVE,
    licence: '64142/USP/2026',
    licensedOn: date('2026-01-05'),
  };

  it('is opened by its licence, once', () => {
    given(bookStream).when(OpenUsp, licence).yields(licensed);
    given(bookStream, licensed).when(OpenUsp, licence).rejects('USP_ALREADY_OPEN');
  });

  it('is not opened by a licence that is yet to be given', () => {
    given(bookStream)
      .when(OpenUsp, { ...licence, licensedOn: '2026-03-03' })
      .rejects('DATE_IN_FUTURE');
    given(bookStream)
      .when(OpenUsp, { ...licence, licensedOn: '2026-03-02' })
      .yields(UspOpened({ licence: licence.licence, licensedOn: date('2026-03-02') }));
  });
});

describe('the balances of a book', () => {
  it('are debit less credit, and add up to nothing', () => {
    const { state } = given(bookStream, ...traded);
    expect(state.book).toMatchObject({
      balances: { 1101: 40_000, 3102: -40_000 },
      vouchers: { 2026: 2 },
      firstMonth: '2026-01',
      closedThrough: null,
    });
  });
});
