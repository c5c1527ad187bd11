import { Replay, type Wanted } from './replay.js';
import { GEDANGSEWU, logOf, posted, registered, SITI, type Told } from './testing/log.js';

const replayed = async (wanted: object, ...told: Told[]) => {
  const { store, reader } = await logOf(...told);
  const replay = new Replay(wanted as Wanted);
  await reader.through(await store.head(), replay.take);
  return replay.answer(reader.events);
};

const elsewhere = { cooperative: GEDANGSEWU } as const;
const earlier = posted(1, { posting: { date: '2026-02-27', month: '2026-02' }, amount: 40_000 });
const late = posted(2, { metadata: { recordedAt: '2026-03-05T00:00:00.000Z' as never } });
const inUsp = posted(1, {
  posting: { book: 'USP' },
  lines: [
    { account: '1101', debit: 5_000 },
    { account: '2101', credit: 5_000, member: SITI },
  ],
});

describe('a replay', () => {
  it('gives balances by cooperative, book and account, debit less credit', async () => {
    const log = [registered(), posted(1, { metadata: elsewhere as never }), inUsp, earlier, late];
    expect(await replayed({}, ...log)).toEqual({
      events: 5,
      journals: 4,
      books: [
        {
          cooperative: '35.06.17.1009',
          book: 'UMUM',
          journals: 2,
          balances: [
            { account: '1101', balance: 140_000 },
            { account: '3101', balance: -140_000 },
          ],
        },
        {
          cooperative: '35.06.17.1009',
          book: 'USP',
          journals: 1,
          balances: [
            { account: '1101', balance: 5_000 },
            { account: '2101', balance: -5_000 },
          ],
        },
        {
          cooperative: GEDANGSEWU,
          book: 'UMUM',
          journals: 1,
          balances: [
            { account: '1101', balance: 100_000 },
            { account: '3101', balance: -100_000 },
          ],
        },
      ],
    });
  });

  it.each([
    ['asOf', { asOf: '2026-02-27' }, 1, 40_000],
    ['asOf a later day', { asOf: '2026-03-02' }, 2, 140_000],
    ['asKnown', { asKnown: '2026-03-02T02:00:00.000Z' }, 1, 40_000],
    ['both', { asOf: '2026-03-01', asKnown: '2026-03-06T00:00:00.000Z' }, 1, 40_000],
  ])('counts the journals that %s admits', async (_, wanted, journals, balance) => {
    const { books } = await replayed(wanted, earlier, late);
    expect(books[0]).toMatchObject({ journals });
    expect(books[0]?.balances[0]).toEqual({ account: '1101', balance });
  });

  it('leaves out other cooperatives', async () => {
    const log = [earlier, posted(1, { metadata: elsewhere as never })];
    const { journals, books } = await replayed({ cooperative: GEDANGSEWU }, ...log);
    expect([journals, books.length]).toEqual([1, 1]);
  });

  it('of an empty log is empty', async () => {
    expect(await replayed({})).toEqual({ events: 0, journals: 0, books: [] });
  });

  it('refuses a journal that it cannot read, rather than leave it out', async () => {
    const broken = posted(2, { amount: 0.5 });
    await expect(replayed({}, earlier, broken)).rejects.toMatchObject({
      code: 'POSTING_UNREADABLE',
      details: { stream: 'test-stream', revision: 1 },
    });
  });
});
