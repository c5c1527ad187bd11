import { type Ensure, ensureWith, Rejection, refuse } from './rejection.js';

const table = {
  POKOK_ALREADY_PAID: 'Simpanan pokok anggota ini sudah lunas.',
  BALANCE_TOO_LOW: ({ balance }: { balance: number }) => `Saldo tidak cukup: ${balance}.`,
} as const;
const ensure: Ensure<typeof table> = ensureWith(table);

const rejectionOf = (run: () => void): Rejection => {
  try {
    run();
  } catch (error) {
    if (error instanceof Rejection) return error;
  }
  throw new Error('nothing was rejected');
};

describe('ensure', () => {
  it('lets pass what holds, and the compiler knows that it holds', () => {
    const month = '2026-03' as string | undefined;
    ensure(month, 'POKOK_ALREADY_PAID');
    expect(month.length).toBe(7);
  });

  it('rejects with a code, and a sentence made of its details', () => {
    const { code, sentence, details, message } = rejectionOf(() =>
      ensure(false, 'BALANCE_TOO_LOW', { balance: 5 }),
    );
    expect({ code, sentence, details }).toEqual({
      code: 'BALANCE_TOO_LOW',
      sentence: 'Saldo tidak cukup: 5.',
      details: { balance: 5 },
    });
    expect(message).toBe('BALANCE_TOO_LOW: Saldo tidak cukup: 5.');
  });

  it.each([0, '', null, undefined, Number.NaN])('takes %p for a no', (condition) => {
    expect(rejectionOf(() => ensure(condition, 'POKOK_ALREADY_PAID')).details).toEqual({});
  });

  it('takes the codes of its table only, with the details that they need', () => {
    // @ts-expect-error -- a code that the table does not have
    expect(() => ensure(false, 'NO_SUCH_CODE')).toThrow(TypeError);
    // @ts-expect-error -- the sentence needs a balance
    expect(() => ensure(false, 'BALANCE_TOO_LOW')).toThrow();
    // @ts-expect-error -- this sentence needs nothing
    expect(() => ensure(false, 'POKOK_ALREADY_PAID', { open: 1 })).toThrow(Rejection);
  });
});

describe('refuse', () => {
  it('makes the rejection without throwing it', () => {
    expect(refuse(table, 'BALANCE_TOO_LOW', { balance: 0 })).toEqual(
      new Rejection('BALANCE_TOO_LOW', 'Saldo tidak cukup: 0.', { balance: 0 }),
    );
  });
});
