import { Conflict, Rejection, Unavailable } from '#lumbung/kernel';
import { fromWire, isExpected, toWire, Unexpected } from './failure.js';

const across = (error: unknown) => fromWire(JSON.parse(JSON.stringify(toWire(error))));

describe('a failure', () => {
  it('that is a refusal stays one, with its code, its sentence and its details', () => {
    const rejection = new Rejection('PANTRY_FULL', 'Lumbung penuh.', { room_kg: 0 });
    const told = across(rejection);
    expect(told).toBeInstanceOf(Rejection);
    expect(told).toMatchObject({
      code: 'PANTRY_FULL',
      sentence: 'Lumbung penuh.',
      details: { room_kg: 0 },
      message: rejection.message,
    });
  });

  it('that may pass stays one that may pass', () => {
    const told = across(new Unavailable('PANTRY_SHUT', 'Lumbung tutup.'));
    expect(told).toBeInstanceOf(Unavailable);
    expect(told).toMatchObject({ code: 'PANTRY_SHUT', sentence: 'Lumbung tutup.' });
  });

  it('of somebody who was faster stays one, but does not say where', () => {
    class WrongRevision extends Conflict {}
    const told = across(new WrongRevision('ledger-35.06.17.1009.umum is at 7'));
    expect(told).toBeInstanceOf(Conflict);
    expect(told.message).not.toContain('ledger');
  });

  it.each([new TypeError('a bug'), 'a text', undefined, { code: 'PANTRY_FULL' }])(
    'that nobody expected says nothing but that: %p',
    (error) => {
      expect(toWire(error)).toEqual({
        failure: 'unexpected',
        code: 'UNEXPECTED',
        sentence: 'Terjadi kesalahan pada program. Kesalahan sudah dicatat.',
        details: {},
      });
      expect(across(error)).toBeInstanceOf(Unexpected);
    },
  );

  it.each([undefined, 'no', {}, { failure: 'rejected', code: 'X' }, { failure: 'odd' }])(
    'that is no failure of this program is not taken for one: %p',
    (failure) => {
      expect(fromWire(failure)).toBeInstanceOf(Unexpected);
    },
  );

  it('is expected where whoever threw it meant it for others', () => {
    const meant = [new Rejection('A', 'a'), new Unavailable('B', 'b'), new Conflict('c')];
    expect(meant.map(isExpected)).toEqual([true, true, true]);
    expect(isExpected(new Unexpected())).toBe(false);
  });
});
