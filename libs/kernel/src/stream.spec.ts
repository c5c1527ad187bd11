import { type CommandOf, command } from './command.js';
import type { AnyDecider, Decider } from './decider.js';
import { checkpointEvent, type EventOf, event, Rupiah, rupiah, stream, z } from './index.js';
import { given, recorded, TEST_METADATA } from './testing/index.js';

const Posting = z.strictObject({ total: Rupiah });
const Deposited = event('test.Deposited', 1, { amount: Rupiah, posting: Posting.optional() });
const Closed = event(
  'test.Closed',
  2,
  { month: z.string() },
  {
    1: ({ period }: { period: string }) => ({ month: period }),
  },
);
const Deposit = command('Deposit', { amount: Rupiah });
const Close = command('Close', { month: z.string() });

type Till = { held: number; deposits: number };
type Book = { total: number; closed: string[] };
type TillEvent = EventOf<typeof Deposited>;
type BookEvent = EventOf<typeof Deposited> | EventOf<typeof Closed>;

const till: Decider<CommandOf<typeof Deposit>, TillEvent, Till, { till: Till; book: Book }> = {
  commands: [Deposit],
  events: [Deposited],
  initial: { held: 0, deposits: 0 },
  decide: {
    Deposit: ({ data: { amount } }, { book }) => [
      Deposited({ amount, posting: { total: rupiah(amount + book.closed.length) } }),
    ],
  },
  evolve: {
    'test.Deposited': (state, { amount }) => {
      state.held += amount;
      state.deposits += 1;
    },
  },
};

const book: Decider<CommandOf<typeof Close>, BookEvent, Book, { book: Book }> = {
  commands: [Close],
  events: [Deposited, Closed],
  initial: { total: 0, closed: [] },
  decide: { Close: ({ data }, _, { actor }) => [Closed({ month: `${data.month} by ${actor}` })] },
  evolve: {
    'test.Deposited': () => undefined,
    'test.Closed': (state, { month }) => {
      state.closed.push(month);
    },
  },
  onPosting: (state: Book, { total }: { total: number }) => {
    state.total += total;
  },
};

/** Folds postings too, but none of the events by name. */
const watcher = {
  commands: [],
  events: [],
  initial: { postings: 0 },
  decide: {},
  evolve: {},
  onPosting: (state: { postings: number }) => {
    state.postings += 1;
  },
} as AnyDecider;

const Struck = checkpointEvent('test.Struck');
const books = stream(
  'books',
  { till, book, watcher },
  { checkpoint: { event: Struck, stateVersion: 3 } },
);

const deposit = (total?: number) =>
  recorded(Deposited({ amount: rupiah(5), posting: total ? { total: rupiah(total) } : undefined }));

describe('a stream', () => {
  it('is named by its category and keys', () => {
    expect(books.id('35.06.17.1009', 'UMUM')).toBe('books-35.06.17.1009.UMUM');
  });

  it('begins anew each time, whatever was written into an earlier state', () => {
    const state = books.initial();
    expect(books.evolve(state, deposit(7))).toBe(true);
    expect(books.initial()).toEqual({
      till: { held: 0, deposits: 0 },
      book: { total: 0, closed: [] },
      watcher: { postings: 0 },
    });
  });

  it('folds an event into every slice that declares it', () => {
    const { state } = given(books, Deposited({ amount: rupiah(5) }), Closed({ month: '2026-03' }));
    expect(state).toMatchObject({ till: { held: 5, deposits: 1 }, book: { closed: ['2026-03'] } });
  });

  it('folds a posting into every slice that asks for them, whatever the event’s name', () => {
    const state = books.initial();
    for (const event of [deposit(7), deposit(), deposit(3)]) books.evolve(state, event);
    expect(state).toMatchObject({ book: { total: 10 }, watcher: { postings: 2 } });
  });

  it('folds what was stored long ago as the present code understands it', () => {
    const state = books.initial();
    const old = recorded({ type: 'test.Closed', version: 1, data: { period: '2025-12' } });
    expect(books.evolve(state, old)).toBe(true);
    expect(state).toMatchObject({ book: { closed: ['2025-12'] } });
  });

  it('tells that it does not know an event, or not so new a version of it', () => {
    const state = books.initial();
    const before = structuredClone(state);
    const unknown = recorded({ type: 'test.Unheard', version: 1, data: {} });
    const newer = recorded({ type: 'test.Closed', version: 3, data: { month: '2026-03' } });
    expect([books.evolve(state, unknown), books.evolve(state, newer)]).toEqual([false, false]);
    expect(state).toEqual(before);
  });

  it('hands a command to the decider that takes it, who sees the other slices', () => {
    given(books, Closed({ month: '2026-02' }))
      .when(Deposit, { amount: 5 })
      .yields(Deposited({ amount: rupiah(5), posting: { total: rupiah(6) } }));
    given(books)
      .when(Close, { month: '2026-03' })
      .yields(Closed({ month: `2026-03 by ${TEST_METADATA.actor}` }));
  });

  it('knows its commands and events, and its checkpoint among them', () => {
    expect(books.command('Deposit')).toBe(Deposit);
    expect(books.command('Withdraw')).toBeUndefined();
    expect(books.declaration('test.Closed')).toBe(Closed);
    expect(books.declaration('test.Struck')).toBe(Struck);
    expect(books.declaration('test.Unheard')).toBeUndefined();
    const withdraw = { type: 'Withdraw', data: {} };
    expect(() => books.decide(books.initial(), withdraw, TEST_METADATA)).toThrow(
      'books takes no Withdraw',
    );
  });
});

describe('a stream refuses', () => {
  it('a decider that declares another event than it folds', () => {
    const broken = { ...book, events: [Deposited] } as AnyDecider;
    expect(() => stream('books', { broken })).toThrow(
      'broken declares test.Deposited but folds test.Closed,test.Deposited',
    );
  });

  it('a decider that declares another command than it decides', () => {
    const broken = { ...book, commands: [Close, Deposit] } as AnyDecider;
    expect(() => stream('books', { broken })).toThrow(
      'broken declares Close,Deposit but decides Close',
    );
  });

  it('two deciders that take one command', () => {
    expect(() => stream('books', { till, other: { ...till } })).toThrow(
      'two deciders of books take Deposit',
    );
  });
});
