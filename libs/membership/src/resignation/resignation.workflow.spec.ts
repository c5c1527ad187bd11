import {
  DayBegan,
  EndMembership,
  MemberApi,
  MemberSettled,
  ResignationAccepted,
  SettleMember,
  SettlementApi,
} from '#lumbung/contracts';
import {
  date,
  type Intent,
  type MemberId,
  type PlainDate,
  type RegencyCode,
  rupiah,
  send,
} from '#lumbung/kernel';
import { hearing } from '../testing/hearing.js';
import { BUDI, PARE, SITI } from '../testing/samples.js';
import { resignation } from './resignation.workflow.js';

type Book = 'UMUM' | 'USP';

const regency = '35.06' as RegencyCode;
const today = date('2026-03-02');
const endOfMarch = date('2026-03-31');

const accepted = (effectiveOn: PlainDate, member = SITI) =>
  ResignationAccepted({ cooperative: PARE, member, effectiveOn });

const began = (day: PlainDate) => DayBegan({ regency, date: day });

const settled = (book: Book, amount: number, on: PlainDate) =>
  MemberSettled({ cooperative: PARE, book, member: SITI, amount: rupiah(amount), date: on });

const settle = (book: Book, on: PlainDate, fromUsp = 0, member: MemberId = SITI): Intent => {
  const data = { cooperative: PARE, book, member, fromUsp: rupiah(fromUsp), date: on };
  return send(SettlementApi, 'settle', SettleMember, data);
};

const end = (on: PlainDate): Intent =>
  send(MemberApi, 'end', EndMembership, { cooperative: PARE, member: SITI, on });

const refused = (code: string) => ({ accepted: false, code }) as const;

/** The process of a regency in which Siti’s resignation was heard of. */
const left = (effectiveOn: PlainDate) => {
  const process = hearing(resignation);
  process.hears(accepted(effectiveOn));
  return process;
};

describe('a resignation', () => {
  it('settles the savings book at once when its day has come', () => {
    for (const effectiveOn of [today, date('2026-02-10')]) {
      const { intents } = hearing(resignation).hears(accepted(effectiveOn));
      expect(intents).toEqual([settle('USP', effectiveOn)]);
    }
  });

  it('waits for its day otherwise, and is settled once, as of that day', () => {
    const process = hearing(resignation);
    expect(process.hears(accepted(endOfMarch)).intents).toEqual([]);
    expect(process.hears(began(date('2026-03-30'))).intents).toEqual([]);
    expect(process.hears(began(endOfMarch)).intents).toEqual([settle('USP', endOfMarch)]);
    expect(process.hears(began(date('2026-04-01'))).intents).toEqual([]);
  });

  it('is settled as of its own day when the day that begins is a later one', () => {
    const process = left(endOfMarch);
    const late = process.hears(began(date('2026-04-02')));
    expect(late.intents).toEqual([settle('USP', endOfMarch)]);
  });

  it('is settled with all others whose day it is, and before those who wait longer', () => {
    const process = left(endOfMarch);
    process.hears(accepted(date('2026-03-15'), BUDI));
    const first = process.hears(began(date('2026-03-15')));
    expect(first.intents).toEqual([settle('USP', date('2026-03-15'), 0, BUDI)]);
    expect(process.hears(began(endOfMarch)).intents).toEqual([settle('USP', endOfMarch)]);
  });

  it('takes to the general book what the savings book held, and then ends the membership', () => {
    const process = left(today);
    const general = process.hears(settled('USP', 75_000, today));
    expect(general.intents).toEqual([settle('UMUM', today, 75_000)]);
    expect(process.hears(settled('UMUM', 200_000, today)).intents).toEqual([end(today)]);
  });

  it('belongs to its regency, like the day that begins there', () => {
    const process = hearing(resignation);
    const heard = [accepted(endOfMarch), began(today), settled('USP', 0, today)];
    expect(heard.map((event) => process.hears(event).process)).toEqual(['35.06', '35.06', '35.06']);
  });

  it('is remembered as plain JSON', () => {
    const { state } = left(endOfMarch);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe('a settlement that is refused', () => {
  it('by a closed month goes to the present one, with what came from the savings book', () => {
    const february = date('2026-02-10');
    const process = left(february);
    const outcome = refused('MONTH_CLOSED');
    expect(process.isAnswered(settle('USP', february), outcome)).toEqual([settle('USP', today)]);
    expect(process.isAnswered(settle('UMUM', february, 75_000), outcome)).toEqual([
      settle('UMUM', today, 75_000),
    ]);
  });

  it('by a closed month goes to the month in which a missed day was caught up', () => {
    const process = left(endOfMarch);
    const recordedOn = { businessDate: date('2026-05-04') };
    const [intent] = process.hears(began(endOfMarch), recordedOn).intents;
    expect(process.isAnswered(intent, refused('MONTH_CLOSED'))).toEqual([
      settle('USP', date('2026-05-04')),
    ]);
  });

  it('by the month of the day last heard goes to the month after it', () => {
    expect(left(today).isAnswered(settle('USP', today), refused('MONTH_CLOSED'))).toEqual([
      settle('USP', date('2026-04-01')),
    ]);
  });

  it('for any other reason stands as it was recorded', () => {
    expect(left(today).isAnswered(settle('USP', today), refused('MEMBER_LEAVING'))).toEqual([]);
  });
});

describe('what was accepted, or is no settlement,', () => {
  it('asks for nothing more', () => {
    const process = left(today);
    expect(process.isAnswered(settle('USP', today), { accepted: true })).toEqual([]);
    expect(process.isAnswered(end(today), refused('NO_SUCH_MEMBER'))).toEqual([]);
    expect(process.isAnswered(end(today), refused('MONTH_CLOSED'))).toEqual([]);
  });
});
