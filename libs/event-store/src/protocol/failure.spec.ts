import { StoreUnavailable, StreamDeleted, StreamKept, WrongExpectedRevision } from '../port.js';
import { AppendTooLarge, failureOf, refusalOf } from './failure.js';
import { Malformed } from './wire/protobuf.js';

const wrong = (expected: ConstructorParameters<typeof WrongExpectedRevision>[1]) =>
  new WrongExpectedRevision('a-1', expected, 4);

const FAILURES: [Error, number, string | undefined, string | undefined][] = [
  [wrong(3), 9, 'wrong-expected-version', 'WrongExpectedVersion'],
  [new StreamDeleted('a-1'), 9, 'stream-deleted', 'StreamDeleted'],
  [new StreamKept('a-1'), 7, 'access-denied', 'AccessDenied'],
  [new AppendTooLarge(9), 3, 'maximum-append-size-exceeded', 'MaximumAppendSizeExceeded'],
  [new Malformed('no type'), 3, undefined, 'BadRequest'],
  [new TypeError('not a stream name'), 3, undefined, 'BadRequest'],
  [new RangeError('a bug'), 13, undefined, 'Unknown'],
  [new StoreUnavailable('closed'), 14, undefined, undefined],
];

describe('a failure', () => {
  it.each(FAILURES)('%s is told as the clients know it', (error, code, exception, type) => {
    expect(failureOf(error)).toMatchObject({ code, message: error.message });
    expect(failureOf(error).trailers?.exception).toBe(exception);
    expect(refusalOf(error)?.type).toBe(type);
  });

  it('says which revision was expected, and which was there', () => {
    const numbers = (['none', 'any', 'exists', 7] as const).map(
      (expected) => failureOf(wrong(expected)).trailers?.['expected-version'],
    );
    expect(numbers).toEqual(['-1', '-2', '-4', '7']);
    expect(failureOf(wrong(7)).trailers?.['actual-version']).toBe('4');
    const missing = new WrongExpectedRevision('a-1', 7, 'none');
    expect(failureOf(missing).trailers).not.toHaveProperty('actual-version');
  });

  it('names streams in ASCII', () => {
    const named = (stream: string) =>
      failureOf(new StreamDeleted(stream)).trailers?.['stream-name'];
    expect(named('ledger-35.06 a')).toBe('ledger-35.06 a');
    expect(named('padi-🌾')).toBe('padi-%F0%9F%8C%BE');
  });
});
