import { opsAddresses } from './ops.js';

const three = (given: string | undefined) => {
  const next = opsAddresses(given);
  return [next(), next(), next()].map(({ LUMBUNG_OPS }) => LUMBUNG_OPS);
};

describe('the addresses at which processes of one machine show their figures', () => {
  it('follow the one that was given', () => {
    expect(three('127.0.0.1:9464')).toEqual(['127.0.0.1:9464', '127.0.0.1:9465', '127.0.0.1:9466']);
  });

  it('are any where any will do', () => {
    expect(three('[::1]:0')).toEqual(['[::1]:0', '[::1]:0', '[::1]:0']);
  });

  it('are none where nobody asked', () => {
    expect(three(undefined)).toEqual([undefined, undefined, undefined]);
  });

  it('are handed on for each process to refuse', () => {
    expect(three('everywhere')).toEqual(['everywhere', 'everywhere', 'everywhere']);
  });
});
