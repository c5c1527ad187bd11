import {
  type AnyEventDeclaration,
  dataOf,
  event,
  Month,
  month,
  postingToPublic,
  publicEvent,
  Rupiah,
  rupiah,
  toPublic,
  upcast,
  z,
} from './index.js';
import { recorded } from './testing/index.js';

const Deposited = event('test.Deposited', 1, { amount: Rupiah, month: Month.optional() });
const Told = publicEvent('test.Told', 1, { amount: Rupiah });

describe('an event', () => {
  it('carries its stored name and version, and drops fields that are undefined', () => {
    const happened = Deposited({ amount: rupiah(5), month: undefined });
    expect(happened).toStrictEqual({ type: 'test.Deposited', version: 1, data: { amount: 5 } });
    const paid = Deposited({ amount: rupiah(5), month: month('2026-03') });
    expect(paid.data).toStrictEqual({ amount: 5, month: '2026-03' });
  });

  it('admits its own fields only', () => {
    expect(Deposited.schema.safeParse({ amount: 5 }).success).toBe(true);
    expect(Deposited.schema.safeParse({ amount: 5, teller: 'kasir' }).success).toBe(false);
    expect(Deposited.schema.safeParse({ amount: 0.5 }).success).toBe(false);
  });

  it('is found among others by its kind', () => {
    const events = [Deposited({ amount: rupiah(1) }), Told({ amount: rupiah(2) })];
    expect(dataOf(Told, events)).toEqual([{ amount: 2 }]);
  });
});

describe('an event of an earlier version', () => {
  const third = event(
    'test.Deposited',
    3,
    { amount: Rupiah, channel: z.string() },
    {
      1: ({ sum }: { sum: number }) => ({ amount: sum }),
      2: (data: object) => ({ ...data, channel: 'KAS' }),
    },
  );

  it('passes every step up to the declared version', () => {
    expect(upcast(third, 1, { sum: 5 })).toEqual({ amount: 5, channel: 'KAS' });
    expect(upcast(third, 2, { amount: 5 })).toEqual({ amount: 5, channel: 'KAS' });
    expect(upcast(third, 3, { amount: 5, channel: 'BANK' })).toEqual({
      amount: 5,
      channel: 'BANK',
    });
  });

  it('is a bug where a step is missing', () => {
    const broken: AnyEventDeclaration = event('test.Deposited', 3, {}, { 2: (data) => data });
    expect(() => upcast(broken, 1, {})).toThrow('test.Deposited has no upcaster from version 1');
  });

  it('is unknown where it is newer than the code', () => {
    expect(upcast(third, 4, { amount: 5 })).toBeUndefined();
  });
});

describe('a public event', () => {
  it('is told of one kind of stored event, or not at all', () => {
    const mapping = toPublic(Deposited, Told, ({ data, metadata }) =>
      data.amount > 0 && metadata.regency === '35.06' ? { amount: data.amount } : undefined,
    );
    expect(mapping.from).toBe(Deposited);
    expect(mapping.map(recorded(Deposited({ amount: rupiah(5) })))).toEqual({
      type: 'test.Told',
      version: 1,
      data: { amount: 5 },
    });
    expect(mapping.map(recorded(Deposited({ amount: rupiah(0) })))).toBeUndefined();
  });

  it('is told of every posting', () => {
    const mapping = postingToPublic(Told, ({ total }: { total: number }) =>
      total ? { amount: rupiah(total) } : undefined,
    );
    const moved = (total: number) =>
      recorded({ type: 'test.Any', version: 7, data: { posting: { total } } });
    expect(mapping.from).toBe('posting');
    expect(mapping.map(moved(9))?.data).toEqual({ amount: 9 });
    expect(mapping.map(moved(0))).toBeUndefined();
  });
});
