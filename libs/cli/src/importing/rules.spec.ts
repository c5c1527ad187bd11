import { date, type MemberId, month, type Nik, rupiah } from '#lumbung/kernel';
import { busOf, CALLER, PARE, TERMS, villager } from '../testing/office.js';
import { alreadyMembers, asEnrolled, remarksOn, type Terms, termsOf } from './rules.js';

const TODAY = date('2026-03-02');
const FEBRUARY = date('2026-02-28');

const books = (closedThrough: string | null = null, uspOpen = false) => [
  { book: 'UMUM', journalCount: 0, lastEntryOn: null, closedThrough, uspOpen: false },
  { book: 'USP', journalCount: 0, lastEntryOn: null, closedThrough: null, uspOpen },
];

const policies = [
  { from: '2026-01', pokok: 100_000, wajib: 20_000, pokokInParts: false },
  { from: '2026-03', pokok: 100_000, wajib: 25_000, pokokInParts: false },
];

const asked = (answers: Parameters<typeof busOf>[0] = {}, cutOver = FEBRUARY) => {
  const { bus } = busOf({
    'membership.cooperative.find': () => ({ code: PARE }),
    'ledger.book.books': () => books('2026-01', true),
    'ledger.account.policies': () => [policies],
    ...answers,
  });
  return termsOf({ bus, caller: CALLER }, PARE, cutOver, TODAY);
};

describe('the terms of an import', () => {
  it('are what the cooperative’s books say of the cut-over date', async () => {
    expect(await asked()).toEqual({
      ...{ cooperative: PARE, cutOver: FEBRUARY, uspOpen: true },
      policies,
    });
  });

  it.each<[string, Parameters<typeof asked>, string]>([
    [
      'a cooperative that nobody registered',
      [{ 'membership.cooperative.find': () => null }],
      'COOPERATIVE_UNKNOWN',
    ],
    ['a cut-over that lies ahead', [{}, date('2026-03-03')], 'DATE_IN_FUTURE'],
    ['a month that is closed', [{ 'ledger.book.books': () => books('2026-02') }], 'MONTH_CLOSED'],
  ])('refuse %s', async (_, [answers, cutOver], code) => {
    await expect(asked(answers, cutOver)).rejects.toMatchObject({ code });
  });
});

const codesOf = (member: Parameters<typeof villager>[1], terms: Partial<Terms> = {}) =>
  remarksOn(7, villager(1, member), { ...TERMS, ...terms }).map(
    ({ line, field, code, severity }) => `${line} ${field} ${code} ${severity}`,
  );

const opening = (pokok: number, wajib = 0, sukarela = 0) => ({
  opening: { pokok: rupiah(pokok), wajib: rupiah(wajib), sukarela: rupiah(sukarela) },
});

describe('a row of an import', () => {
  it('with its whole pokok, some wajib and sukarela meets nothing', () => {
    expect(codesOf(opening(100_000, 60_000, 25_000))).toEqual([]);
  });

  it('with part of a pokok meets nothing: he stays a candidate', () => {
    expect(codesOf(opening(50_000))).toEqual([]);
  });

  it('owes the pokok of the time in which he joined', () => {
    const [first] = TERMS.policies;
    const raised = { ...first, from: month('2026-02'), pokok: rupiah(150_000) };
    const terms = { policies: [first, raised] as typeof TERMS.policies };
    expect(codesOf({ ...opening(150_000), joinedOn: date('2026-02-01') }, terms)).toEqual([]);
    expect(codesOf({ ...opening(150_000), joinedOn: date('2025-12-31') }, terms)).toEqual([
      '7 simpanan_pokok AMOUNT_IS_NOT_THE_POKOK error',
    ]);
  });

  it('with another village on the KTP is warned of', () => {
    expect(codesOf({ ktpVillage: '35.06.17.2010' as typeof PARE })).toEqual([
      '7 kode_desa_ktp KTP_VILLAGE_DIFFERS warning',
    ]);
  });

  it.each<[string, Parameters<typeof codesOf>, string]>([
    ['money where no terms are set', [{}, { policies: [] }], 'simpanan_pokok TERMS_NOT_SET'],
    ['more than the pokok', [opening(100_001)], 'simpanan_pokok AMOUNT_IS_NOT_THE_POKOK'],
    [
      'sukarela without a licence',
      [opening(100_000, 0, 1), { uspOpen: false }],
      'simpanan_sukarela USP_NOT_OPEN',
    ],
    ['sukarela of a candidate', [opening(0, 0, 1)], 'simpanan_sukarela MEMBER_STILL_CALON'],
    [
      'money before he joined',
      [{ joinedOn: date('2026-03-01') }],
      'tanggal_masuk JOINED_AFTER_CUT_OVER',
    ],
  ])('with %s is refused', (_, [member, terms], remark) => {
    expect(codesOf(member, terms)).toEqual([`7 ${remark} error`]);
  });

  it('without money may join after the cut-over, before any terms', () => {
    const member = { ...opening(0), joinedOn: date('2026-03-01') };
    expect(codesOf(member, { policies: [], uspOpen: false })).toEqual([]);
  });

  it('says what the pokok is when it is too much, never what the row says', () => {
    const [remark] = remarksOn(7, villager(1, opening(123_456)), TERMS);
    expect(remark?.sentence).toContain('Rp100.000');
    expect(remark?.sentence).not.toContain('123');
  });
});

const candidate = (index: number) => ({
  ...{ line: index + 2, member: villager(index), id: `member-${index}` as MemberId },
});

describe('those of a file who are members already', () => {
  const candidates = [candidate(0), candidate(1), candidate(2)];

  it('are refused by their number, unless this very line admitted them', async () => {
    const lookUp = ({ query }: { query: { niks: Nik[]; cooperative: string } }) => {
      expect(query).toEqual({ cooperative: PARE, niks: candidates.map((one) => one.member.nik) });
      return [null, { member: 'member-1', number: 4 }, { member: 'other', number: 5 }];
    };
    const { bus } = busOf({ 'membership.member.lookUp': lookUp });
    expect(await alreadyMembers({ bus, caller: CALLER }, PARE, candidates)).toEqual([
      {
        ...{ line: 4, field: 'nik', code: 'ALREADY_MEMBER_HERE', severity: 'error' },
        sentence: 'NIK ini sudah menjadi anggota koperasi ini, nomor 5.',
      },
    ]);
  });

  it('carry what became of them since an earlier run', async () => {
    const found = [null, { status: 'ANGGOTA' }, { status: 'KELUAR' }];
    const { bus } = busOf({ 'membership.member.find': () => found });
    const enrolled = await asEnrolled({ bus, caller: CALLER }, candidates);
    expect(enrolled.map(({ status }) => status)).toEqual([undefined, 'ANGGOTA', 'KELUAR']);
  });
});
