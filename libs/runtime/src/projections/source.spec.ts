import { event, postingToPublic, toPublic, z } from '#lumbung/kernel';
import { recorded } from '#lumbung/kernel/testing';
import { CoinsTold, NewerCoinsPut, tellingOf } from '../testing/coin-log.js';
import { CoinsPut } from '../testing/jar.js';
import { publicEvents } from './source.js';

const Posted = event('jar.Posted', 1, { total: z.int() });
const Alarmed = event('jar.Alarmed', 1, { coins: z.int() });

const posting = postingToPublic<{ total: number }, 'jar.Posted', { total: number }>(
  Posted,
  ({ total }) => (total > 0 ? { total } : undefined),
);

const put = recorded(CoinsPut({ coins: 5 }), 3, { actor: 'kasir' });

describe('a public event', () => {
  it('is told in place of the stored one, with its place, its author and its id', () => {
    const tell = publicEvents([tellingOf(CoinsPut)]);
    expect(tell(put)).toEqual([{ ...put, ...CoinsTold({ coins: 5 }) }]);
  });

  it('may be one of several that tell the same, in the order of their mappings', () => {
    const alarm = toPublic(CoinsPut, Alarmed, ({ data: { coins } }) => ({ coins }));
    const tell = publicEvents([alarm, tellingOf(CoinsPut)]);
    expect(tell(put).map(({ type }) => type)).toEqual(['jar.Alarmed', 'jar.CoinsTold']);
  });

  it('is not told where the mapping has nothing to tell, nor of what nobody maps', () => {
    const tell = publicEvents([tellingOf(CoinsPut)]);
    expect(tell(recorded(CoinsPut({ coins: 0 })))).toEqual([]);
    expect(tell(recorded({ ...put, type: 'jar.Broken' }))).toEqual([]);
  });

  it('is told of every event that carries a posting, whatever its name and version', () => {
    const tell = publicEvents([posting, tellingOf(CoinsPut)]);
    const withPosting = (type: string, total: number) =>
      recorded({ type, version: 9, data: { coins: 1, posting: { total } } });
    expect(tell(withPosting('jar.Whatever', 7))).toMatchObject([Posted({ total: 7 })]);
    expect(tell(withPosting('jar.Whatever', 0))).toEqual([]);
    expect(tell(put).map(({ type }) => type)).toEqual(['jar.CoinsTold']);
  });

  it('is told of what older code has stored', () => {
    const tell = publicEvents([tellingOf(NewerCoinsPut)]);
    expect(tell(put)).toMatchObject([CoinsTold({ coins: 5 })]);
  });

  it('says of what newer code has stored that it cannot be read here', () => {
    const newer = { ...put, version: 2 };
    const [told, ...others] = publicEvents([tellingOf(CoinsPut)])(newer);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ type: 'jar.CoinsTold', position: put.position, unread: newer });
    expect(told?.version).toBeGreaterThan(CoinsTold.version);
  });
});
