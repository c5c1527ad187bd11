import { Rejection } from '#lumbung/kernel';
import { sentenceOf } from './failure.js';

describe('a failure on the command line', () => {
  it('is the sentence of a refusal, with its code', () => {
    expect(sentenceOf(new Rejection('USER_EXISTS', 'Nama ini sudah ada.'))).toBe(
      'Nama ini sudah ada. [USER_EXISTS]',
    );
  });

  it('says in plain words what the machine refused', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(sentenceOf(full)).toMatch(/^Cakram penuh.*\[ENOSPC\]$/);
  });

  it('knows the number of an error as well as its name, and tells where it was', () => {
    const broken = Object.assign(new Error('Input/output error'), { code: 5 });
    expect(sentenceOf(broken)).toMatch(/^Cakram penuh atau rusak.*\[EIO\]$/);
    const none = Object.assign(new Error('open'), { code: 'ENOENT', path: '/a/b.csv' });
    expect(sentenceOf(none)).toBe('Berkas atau folder tidak ada. [ENOENT] /a/b.csv');
  });

  it('names the store when that failed, with the reason', () => {
    const failed = new Error('cannot open', { cause: new Error('MDB_INVALID') });
    failed.name = 'StoreUnavailable';
    expect(sentenceOf(failed)).toMatch(/\[STORE_UNAVAILABLE\] MDB_INVALID$/);
  });

  it('by a mistake in the program has a code, and what the program says of itself', () => {
    const odd = 'Terjadi kesalahan pada program. [UNEXPECTED]';
    expect(sentenceOf(new TypeError('no member 7'))).toBe(`${odd} no member 7`);
    expect(sentenceOf('text')).toBe(`${odd} text`);
    expect(sentenceOf(undefined)).toBe(`${odd} undefined`);
  });
});
