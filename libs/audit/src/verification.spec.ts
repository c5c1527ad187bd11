import type { Progress } from '#lumbung/contracts';
import type { Caller, UserName } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import type { Faces } from './shown.js';
import {
  accountOpened,
  BUDI,
  closed,
  duesPaid,
  ended,
  GEDANGSEWU,
  logOf,
  membership,
  PARE,
  posted,
  registered,
  SITI,
  type Told,
} from './testing/log.js';
import { verification } from './verification.js';

const CALLER: Caller = { user: 'auditor' as UserName, role: 'auditor', correlationId: 'test' };

// Siti pays her pokok and saves in Pare, Budi stays a candidate; one more was and is gone.
const GONE = '0d3b6b0e-6a3c-5c5d-9a51-6c5f8a4ce0a1';
const LOG: Told[] = [
  registered(),
  registered(GEDANGSEWU),
  membership('MemberAdmitted'),
  membership('MemberAdmitted', BUDI),
  membership('MemberAdmitted', GONE),
  posted(1),
  accountOpened(SITI),
  membership('MemberConfirmed'),
  duesPaid(SITI, '2026-03'),
  duesPaid(SITI, '2026-05'),
  ended(GONE),
  posted(1, {
    posting: { book: 'USP', date: '2026-03-03' },
    lines: [
      { account: '1101', debit: 5_000 },
      { account: '2101', credit: 5_000, member: SITI },
    ],
  }),
  posted(2, {
    lines: [
      { account: '1909', debit: 7_000 },
      { account: '2146', credit: 7_000, member: GONE },
    ],
  }),
  { type: 'ledger.UspOpened', data: {} },
  closed('2026-02', 'USP'),
];

const simpanan = { pokok: 100_000, wajib: 0, sukarela: 5_000 };
const none = { pokok: 0, wajib: 0, sukarela: 0, owed: 0 };
const noDues = { paidThrough: null, paidAfter: [] };
const noBook = { journalCount: 0, lastEntryOn: null, closedThrough: null, uspOpen: false };
const region = {
  ...simpanan,
  memberCount: 1,
  candidateCount: 1,
  cooperativeCount: 2,
  startedCount: 1,
};

type Documents = Record<string, Record<string, unknown>>;

/** What people are shown when everything is right, by member or code. */
const right = (): Documents => ({
  [SITI]: { ...simpanan, owed: 0, paidThrough: '2026-03', paidAfter: ['2026-05'] },
  [BUDI]: { ...none, ...noDues },
  [GONE]: { ...none, ...noDues, owed: 7_000 },
  [PARE]: {
    ...{ ...simpanan, simpananTotal: 105_000, memberCount: 1, candidateCount: 1 },
    ...{ lastEntryOn: '2026-03-03', started: true },
  },
  [GEDANGSEWU]: {
    ...{ ...none, simpananTotal: 0, memberCount: 0, candidateCount: 0 },
    ...{ lastEntryOn: null, started: false },
  },
  [`${PARE} UMUM`]: { ...noBook, journalCount: 2, lastEntryOn: '2026-03-02' },
  [`${PARE} USP`]: {
    ...{ journalCount: 1, lastEntryOn: '2026-03-03', closedThrough: '2026-02', uspOpen: true },
  },
  [`${GEDANGSEWU} UMUM`]: noBook,
  [`${GEDANGSEWU} USP`]: noBook,
  '35': region,
  '35.06': region,
  '35.06.17': { ...region, code: '35.06.17' },
});

type Entry = [account: string, debit: number, credit: number];

const journal = (number: string, date: string, ...lines: Entry[]) => ({
  ...{ number, date, actor: TEST_METADATA.actor, recordedAt: TEST_METADATA.recordedAt },
  lines: lines.map(([account, debit, credit]) => ({ account, debit, credit })),
});

/** The journals that people are shown, by their books. */
const JOURNALS: Record<string, ReturnType<typeof journal>[]> = {
  [`${PARE} UMUM`]: [
    journal('UMUM/2026/00002', '2026-03-02', ['1909', 7_000, 0], ['2146', 0, 7_000]),
    journal('UMUM/2026/00001', '2026-03-02', ['1101', 100_000, 0], ['3101', 0, 100_000]),
  ],
  [`${PARE} USP`]: [
    journal('USP/2026/00001', '2026-03-03', ['1101', 5_000, 0], ['2101', 0, 5_000]),
  ],
};

type OfBook = { query: { cooperative: string; book: string } };

const facesOver = (documents: Documents, asked: () => Promise<void> = async () => undefined) =>
  ({
    accounts: {
      balances: async ({ query: { members } }: { query: { members: string[] } }) => {
        await asked();
        return members.map((member) => documents[member]);
      },
    },
    books: {
      books: async ({ query: { cooperative } }: OfBook) =>
        ['UMUM', 'USP'].flatMap((book) => {
          const document = documents[`${cooperative} ${book}`];
          return document ? [{ ...document, book }] : [];
        }),
      journals: async ({ query: { cooperative, book } }: OfBook) => ({
        nodes: (documents.journals ?? JOURNALS)[`${cooperative} ${book}`] ?? [],
        endCursor: null,
        hasNextPage: false,
      }),
    },
    totals: {
      totals: async ({ query }: { query: { cooperatives: string[] } }) =>
        query.cooperatives.map((code) => documents[code] ?? null),
      region: async ({ query }: { query: { code: string } }) => documents[query.code] ?? null,
      districts: async () => (documents['35.06.17'] ? [documents['35.06.17']] : []),
    },
  }) as unknown as Faces;

const reached = (but: Partial<Progress> = {}): Progress => ({
  ...{ head: null, projections: {}, workflows: {}, building: [], rebuilding: {}, parked: {} },
  caughtUp: true,
  ...but,
});

const verified = async (
  documents: Documents,
  asked?: (tell: (...more: Told[]) => Promise<void>) => Promise<void>,
) => {
  const { store, reader, tell } = await logOf(...LOG);
  const waited: string[] = [];
  const progress = {
    wait: async ({ query }: { query: { position: string } }) => waited.push(query.position) > 1,
    progress: async () => reached(),
  };
  const faces = facesOver(documents, asked && (() => asked(tell)));
  const head = String(await store.head());
  const answer = await verification({ store, reader, progress, ...faces }, CALLER);
  expect(waited).toEqual([head, head]);
  return answer;
};

const saved = (voucher: number) =>
  posted(voucher, {
    posting: { book: 'USP', date: '2026-03-03' },
    lines: [
      { account: '1101', debit: 1_000 },
      { account: '2101', credit: 1_000, member: SITI },
    ],
  });

describe('a verification', () => {
  it('finds nothing where what is shown is what the log says', async () => {
    expect(await verified(right())).toEqual({
      events: 15,
      journals: 3,
      compared: 3 + 3 * 6 + 2 * 8 + 4 * 4 + 3 * 7,
      findings: [],
    });
  });

  it.each([
    ['MEMBER_BALANCE_DIFFERS', SITI, 'pokok', '100000'],
    ['MEMBER_BALANCE_DIFFERS', BUDI, 'wajib', '0'],
    ['MEMBER_BALANCE_DIFFERS', SITI, 'sukarela', '5000'],
    ['MEMBER_BALANCE_DIFFERS', GONE, 'owed', '7000'],
    ['MEMBER_BALANCE_DIFFERS', SITI, 'paidThrough', '2026-03'],
    ['MEMBER_BALANCE_DIFFERS', SITI, 'paidAfter', '2026-05'],
    ['COOPERATIVE_TOTAL_DIFFERS', PARE, 'sukarela', '5000'],
    ['COOPERATIVE_TOTAL_DIFFERS', PARE, 'simpananTotal', '105000'],
    ['COOPERATIVE_TOTAL_DIFFERS', PARE, 'started', 'true'],
    ['BOOK_DIFFERS', `${PARE} UMUM`, 'journalCount', '2'],
    ['BOOK_DIFFERS', `${PARE} UMUM`, 'lastEntryOn', '2026-03-02'],
    ['BOOK_DIFFERS', `${PARE} USP`, 'closedThrough', '2026-02'],
    ['BOOK_DIFFERS', `${PARE} USP`, 'uspOpen', 'true'],
    ['BOOK_DIFFERS', `${GEDANGSEWU} USP`, 'journalCount', '0'],
    ['COOPERATIVE_TOTAL_DIFFERS', PARE, 'memberCount', '1'],
    ['COOPERATIVE_TOTAL_DIFFERS', GEDANGSEWU, 'candidateCount', '0'],
    ['COOPERATIVE_TOTAL_DIFFERS', PARE, 'lastEntryOn', '2026-03-03'],
    ['REGION_TOTAL_DIFFERS', '35', 'pokok', '100000'],
    ['REGION_TOTAL_DIFFERS', '35.06', 'startedCount', '1'],
    ['REGION_TOTAL_DIFFERS', '35.06.17', 'cooperativeCount', '2'],
  ])('tells %s of %s %s', async (code, subject, field, expected) => {
    const documents = right();
    documents[subject] = { ...documents[subject], [field]: 3 };
    const { findings } = await verified(documents);
    expect(findings).toEqual([{ code, subject: `${subject} ${field}`, expected, found: '3' }]);
  });

  it('tells of what is not shown at all', async () => {
    const { '35.06.17': _, ...documents } = right();
    const { findings } = await verified(documents);
    expect(findings).toHaveLength(7);
    expect(findings[0]).toMatchObject({ code: 'REGION_TOTAL_DIFFERS', found: '-' });
  });

  it('tells of a journal that is not shown as it is', async () => {
    const { findings } = await verified({ ...right(), journals: { [`${PARE} USP`]: [] } });
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
      ['JOURNAL_NOT_SHOWN', `${PARE} UMUM/2026/00002`],
      ['JOURNAL_NOT_SHOWN', `${PARE} UMUM/2026/00001`],
      ['JOURNAL_NOT_SHOWN', `${PARE} USP/2026/00001`],
    ]);
  });

  it('takes what was shown at any moment while others wrote', async () => {
    const documents = right();
    documents[SITI] = { ...documents[SITI], sukarela: 6_000 };
    const { events, findings } = await verified(documents, (tell) => tell(saved(2), saved(3)));
    expect(findings).toEqual([]);
    expect(events).toBe(17);
  });

  it('still tells of what the log never said while others wrote', async () => {
    const documents = right();
    documents[SITI] = { ...documents[SITI], sukarela: 6_500 };
    const { findings } = await verified(documents, (tell) => tell(saved(2)));
    expect(findings).toEqual([
      {
        code: 'MEMBER_BALANCE_DIFFERS',
        subject: `${SITI} sukarela`,
        expected: '6000',
        found: '6500',
      },
    ]);
  });

  it('gives up on reading that does not follow', async () => {
    const { store, reader } = await logOf(...LOG);
    const progress = { wait: async () => false, progress: async () => reached() };
    const means = { store, reader, progress, ...facesOver(right()) };
    await expect(verification(means, CALLER)).rejects.toMatchObject({ code: 'NOT_CAUGHT_UP' });
  });

  it('does not take for wrong what waits for newer code', async () => {
    const { store, reader } = await logOf(...LOG);
    const parked = { totals: { position: '1', type: 'ledger.AccountOpened', version: 9 } };
    const progress = { wait: async () => true, progress: async () => reached({ parked }) };
    const means = { store, reader, progress, ...facesOver({}) };
    const verifying = verification(means, CALLER);
    await expect(verifying).rejects.toMatchObject({ code: 'STREAM_NEWER_THAN_CODE' });
  });

  it('of an empty log compares nothing', async () => {
    const { store, reader } = await logOf();
    const progress = { wait: async () => true, progress: async () => reached() };
    const means = { store, reader, progress, ...facesOver({}) };
    const nothing = { events: 0, journals: 0, compared: 0, findings: [] };
    expect(await verification(means, CALLER)).toEqual(nothing);
  });
});
