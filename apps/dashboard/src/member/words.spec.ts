import { matches, nameOf, warningText } from './words.js';

describe('finding a member', () => {
  const siti = { number: 12, name: 'Siti Nur Aminah' };

  it.each(['', '1', '12', 'siti', 'Nur', 'nur am', '  AMI '])('is by %p', (typed) => {
    expect(matches(siti, typed)).toBe(true);
  });

  it.each(['2', '123', 'iti', 'budi'])('is not by %p', (typed) => {
    expect(matches(siti, typed)).toBe(false);
  });

  it('works for a person who has been forgotten', () => {
    expect(matches({ number: 7, name: null }, '7')).toBe(true);
    expect(nameOf({ name: null })).toBe('(nama sudah dihapus)');
  });
});

describe('a warning', () => {
  it('is a sentence, also when its code is new', () => {
    expect(warningText('KTP_VILLAGE_DIFFERS')).toMatch(/Desa pada KTP/);
    expect(warningText('OTHER')).toBe('Peringatan: OTHER.');
  });
});
