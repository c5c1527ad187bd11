import { refuse, Unavailable } from '#lumbung/kernel';
import { refusalOf } from './refusal.js';

const given = {
  EVENTSTORE_URL: 'esdb://admin:rahasia@one:2113,two:2113?tls=true',
  MONGODB_URL: 'mongodb://admin:rahasia@db:27017/?tls=true',
};
const named = (name: string, cause?: unknown) =>
  Object.assign(new Error('as rahasia', { cause }), { name });

describe('why a process does not serve', () => {
  it.each([
    [named('StoreUnavailable'), 'EVENTSTOREDB_UNREACHABLE', 'one:2113,two:2113'],
    [named('StoreUnavailable', { code: 14 }), 'EVENTSTOREDB_UNREACHABLE', 'EVENTSTORE_URL'],
    [named('StoreUnavailable', { code: 16 }), 'EVENTSTOREDB_REFUSED', 'nama atau kata sandi'],
    [named('ReadStoreUnavailable'), 'MONGODB_UNREACHABLE', 'db:27017'],
    [named('ReadStoreUnavailable', { code: 18 }), 'MONGODB_REFUSED', 'MONGODB_URL'],
  ])('%s is told by the server and the setting that names it', (error, code, part) => {
    const told = refusalOf(error, given);
    expect(told).toContain(`[${code}]`);
    expect(told).toContain(part);
    expect(told).not.toContain('rahasia');
  });

  it('is told in the sentence that a failure brings', () => {
    expect(refusalOf(new Unavailable('TOO_BUSY', 'Nanti.'), given)).toBe('Nanti. [TOO_BUSY]');
    const rejection = refuse({ REGENCY_DIFFERS: 'Bukan kabupaten ini.' }, 'REGENCY_DIFFERS');
    expect(refusalOf(rejection, given)).toBe('Bukan kabupaten ini. [REGENCY_DIFFERS]');
  });

  it('is a file that cannot be used', () => {
    const error = Object.assign(new Error('EROFS: …'), { code: 'EROFS', path: '/data/keys' });
    expect(refusalOf(error, given)).toContain('/data/keys tidak dapat dipakai');
  });

  it('is a bug in a line, when it is nothing else', () => {
    expect(refusalOf(new TypeError('no'), given)).toMatch(/program: no \[UNEXPECTED\]$/);
    expect(refusalOf(undefined, given)).toMatch(/undefined \[UNEXPECTED\]$/);
  });
});
