import { rupiah } from '#lumbung/kernel';
import { cashOf } from './cash.js';

describe('cash', () => {
  it('is paid from where there is enough of it, the drawer first', () => {
    const cash = cashOf();
    cash.receive('KAS', rupiah(30));
    cash.receive('BANK', rupiah(50));
    expect(cash.pay(rupiah(30))).toBe('KAS');
    expect(cash.pay(rupiah(40))).toBe('BANK');
    expect(cash.pay(rupiah(10))).toBe('BANK');
  });

  it('is not put together from both, and never paid out of nothing', () => {
    const cash = cashOf();
    cash.receive('KAS', rupiah(30));
    cash.receive('BANK', rupiah(50));
    expect(cash.pay(rupiah(60))).toBeUndefined();
    expect(cash.pay(rupiah(50))).toBe('BANK');
    expect(cash.pay(rupiah(31))).toBeUndefined();
  });
});
