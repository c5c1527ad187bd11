import { CollectWajib, DepositSimpanan, WithdrawSimpanan } from '#lumbung/contracts';
import { type CommandDeclaration, type DomainEvent, dataOf } from '#lumbung/kernel';
import { given } from '#lumbung/kernel/testing';
import { bookStream } from '../book/book.stream.js';
import { BUDI, closed, followedBy, licensed, opened, policy, SITI } from '../testing/samples.js';
import { SimpananDeposited, SimpananWithdrawn } from './simpanan.events.js';

const shared = { cooperative: '35.06.17.1009', date: '2026-03-02', channel: 'KAS' };
const pokok = { ...shared, member: SITI, kind: 'POKOK', amount: 100_000 };
const part = { ...pokok, amount: 60_000 };
const wajib = { ...shared, member: SITI, kind: 'WAJIB', amount: 20_000, month: '2026-03' };
const short = { ...wajib, amount: 1 };
const early = { ...wajib, month: '2025-12' };
const noMonth = { ...wajib, month: undefined };
const sukarela = { ...shared, member: SITI, kind: 'SUKARELA', amount: 50_000 };
const tooMuch = { ...sukarela, amount: 50_001 };
const long = { ...pokok, date: '2006-01-05' };
const sooner = { ...sukarela, date: '2026-03-01' };
const list = { ...shared, month: '2026-03', members: [SITI, BUDI] };
const twice = { ...list, members: [SITI, SITI] };

// Two candidates since January; pokok Rp100.000 at once, wajib Rp20.000 a month.
const umum = [policy(), opened('UMUM'), opened('UMUM', BUDI)];
const noDue = [...umum, policy({ wajib: 0 })];
const full = followedBy(umum, DepositSimpanan, pokok);
const begun = followedBy([...umum, policy({ pokokInParts: true })], DepositSimpanan, part);
const arrears = ['2026-03', '2026-01', '2026-02'].reduce(
  (past, due) => followedBy(past, DepositSimpanan, { ...wajib, month: due }),
  umum,
);
// Siti's pokok is paid, so she has an account for savings.
const saved = followedBy([licensed, opened('USP')], DepositSimpanan, sukarela);

describe('simpanan', () => {
  it('debits cash and credits pokok', () => {
    const lines = [
      { account: '1101', debit: 100_000 },
      { account: '3101', credit: 100_000, member: SITI },
    ];
    const at = { book: 'UMUM', month: '2026-03', date: '2026-03-02', voucher: 1, first: true };
    const { cooperative: _, date: __, ...movement } = pokok;
    const data = { ...movement, paidUp: true, posting: { ...at, lines } };
    const asked = given(bookStream, ...umum).when(DepositSimpanan, pokok);
    asked.yields({ type: 'ledger.SimpananDeposited', version: 1, data });
  });

  it('takes pokok in parts where the RAT allows', () => {
    const rest = followedBy(begun, DepositSimpanan, { ...pokok, amount: 40_000 });
    expect(dataOf(SimpananDeposited, rest).map(({ paidUp }) => paidUp)).toEqual([undefined, true]);
    const asked = given(bookStream, ...begun).when(DepositSimpanan, part);
    asked.rejects('AMOUNT_IS_NOT_THE_POKOK', { open: 40_000 });
  });

  it('asks of a candidate the pokok of his own time, also when the RAT has lowered it', () => {
    const lowered = [...begun, policy({ from: '2026-03', pokok: 50_000, pokokInParts: true })];
    const rest = followedBy(lowered, DepositSimpanan, { ...pokok, amount: 40_000 });
    expect(dataOf(SimpananDeposited, rest).at(-1)?.paidUp).toBe(true);
  });

  it('takes a wajib for a month', () => {
    const happened = followedBy(umum, DepositSimpanan, { ...wajib, channel: 'BANK' });
    const [deposit] = dataOf(SimpananDeposited, happened);
    expect(deposit?.month).toBe('2026-03');
    expect(deposit?.posting.lines).toEqual([
      { account: '1111', debit: 20_000 },
      { account: '3102', credit: 20_000, member: SITI },
    ]);
  });

  it.each(['2026-01', '2026-02', '2026-03'])('lets arrears be settled in any order: %s', (due) => {
    const asked = given(bookStream, ...arrears).when(DepositSimpanan, { ...wajib, month: due });
    asked.rejects('MONTH_ALREADY_PAID', { month: due, member: SITI });
  });

  it('collects from many with one voucher each, and numbers them without a gap', () => {
    const march = followedBy(full, CollectWajib, list);
    const april = followedBy(march, CollectWajib, { ...list, month: '2026-04' });
    const vouchers = dataOf(SimpananDeposited, april).map(({ posting }) => posting.voucher);
    expect(vouchers).toEqual([1, 2, 3, 4, 5]);
  });

  it('withdraws sukarela, all of it if need be', () => {
    const [withdrawal] = dataOf(SimpananWithdrawn, followedBy(saved, WithdrawSimpanan, sukarela));
    expect(withdrawal?.posting.lines).toEqual([
      { account: '2101', debit: 50_000, member: SITI },
      { account: '1101', credit: 50_000 },
    ]);
  });
});

const COMMAND = { deposit: DepositSimpanan, collect: CollectWajib, withdraw: WithdrawSimpanan };
type Row = [string, keyof typeof COMMAND, DomainEvent[], Record<string, unknown>, string];

it.each<Row>([
  ['takes the whole pokok', 'deposit', umum, part, 'AMOUNT_IS_NOT_THE_POKOK'],
  ['takes pokok once', 'deposit', full, pokok, 'POKOK_ALREADY_PAID'],
  ['takes nothing without terms', 'deposit', [opened('UMUM')], pokok, 'TERMS_NOT_SET'],
  ['takes no wajib without its month', 'deposit', umum, noMonth, 'MONTH_MISSING'],
  ['takes no month for pokok', 'deposit', umum, { ...wajib, ...pokok }, 'MONTH_NOT_FOR_THIS_KIND'],
  ['takes no partial wajib', 'deposit', umum, short, 'AMOUNT_IS_NOT_THE_MONTHLY_DUE'],
  ['takes no wajib where none is due', 'deposit', noDue, wajib, 'NO_MONTHLY_DUE'],
  ['asks nothing before membership', 'deposit', umum, early, 'MONTH_BEFORE_MEMBERSHIP'],
  ['looks a year ahead', 'deposit', umum, { ...wajib, month: '2027-04' }, 'MONTH_TOO_FAR_AHEAD'],
  ['takes no sukarela from a calon', 'deposit', [licensed], sukarela, 'MEMBER_STILL_CALON'],
  ['takes none without a USP', 'deposit', [opened('USP')], sukarela, 'USP_NOT_OPEN'],
  ['refuses an unknown member', 'deposit', [policy()], pokok, 'NO_SUCH_MEMBER'],
  ['refuses zero', 'deposit', umum, { ...pokok, amount: 0 }, 'AMOUNT_NOT_POSITIVE'],
  ['refuses a future date', 'deposit', umum, { ...pokok, date: '2026-03-03' }, 'DATE_IN_FUTURE'],
  ['refuses a year before membership', 'deposit', umum, long, 'DATE_BEFORE_MEMBERSHIP'],
  ['refuses a closed month', 'deposit', [...umum, closed], pokok, 'MONTH_CLOSED'],
  ['collects from all or none', 'collect', arrears, list, 'MONTH_ALREADY_PAID'],
  ['collects from nobody twice', 'collect', umum, twice, 'MEMBER_TWICE_IN_LIST'],
  ['collects nothing that is not due', 'collect', noDue, list, 'NO_MONTHLY_DUE'],
  ['withdraws no more than there is', 'withdraw', saved, tooMuch, 'BALANCE_TOO_LOW'],
  ['withdraws no sooner than saved', 'withdraw', saved, sooner, 'DATE_BEFORE_LAST_MOVE'],
  ['withdraws no pokok', 'withdraw', full, pokok, 'MEMBER_STILL_ACTIVE'],
  ['withdraws no wajib', 'withdraw', arrears, noMonth, 'MEMBER_STILL_ACTIVE'],
  ['withdraws nothing without a USP', 'withdraw', [opened('USP')], sukarela, 'USP_NOT_OPEN'],
  ['withdraws no zero', 'withdraw', saved, { ...sukarela, amount: 0 }, 'AMOUNT_NOT_POSITIVE'],
])('%s', (_, command, history, data, code) => {
  const asked = given(bookStream, ...history).when(COMMAND[command] as CommandDeclaration, data);
  asked.rejects(code);
});
