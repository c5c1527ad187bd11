import { query, z } from '#lumbung/kernel';
import { borderOf } from './border.js';
import { CALLER, StoreRice, storing } from './testing/pantry.js';

const check = borderOf(StoreRice);

const refusalOf = (payload: unknown, checking = check) => {
  try {
    checking(payload);
  } catch (error) {
    const { name, code, sentence, details } = error as Record<string, unknown>;
    return { name, code, sentence, details };
  }
  return 'let through';
};

const invalid = (...fields: string[]) => ({
  name: 'Rejection',
  code: 'INVALID_INPUT',
  sentence: `Isian tidak sah: ${fields.join(', ')}.`,
  details: { fields },
});

describe('a border', () => {
  it('lets through what a command declares', () => {
    const payload = storing({ note: 'raskin' });
    expect(check(payload)).toEqual(payload);
    const follows = { ...payload, caller: { ...CALLER, causationId: 'an-event' } };
    expect(check(follows)).toEqual(follows);
  });

  it('lets through what a query declares', () => {
    const ask = { query: { shelf: 'a' }, caller: CALLER };
    expect(borderOf(query({ shelf: z.string() }))(ask)).toEqual(ask);
  });

  it.each([
    ['amount', { worth: 0.5 }, 'AMOUNT_NOT_WHOLE', 'worth'],
    ['date', { on: '2026-02-30' }, 'DATE_MALFORMED', 'on'],
    ['NIK', { owner: '123' }, 'NIK_MALFORMED', 'owner'],
  ])('refuses a malformed %s by its own code', (_, data, code, field) => {
    expect(refusalOf(storing(data))).toMatchObject({ code, details: { fields: [field] } });
  });

  it('names every field that is wrong', () => {
    const { command, caller } = storing({ note: 3 });
    expect(refusalOf({ command, caller: { ...caller, role: 7 } })).toEqual(invalid('note', 'role'));
    expect(refusalOf(storing({ note: 'x'.repeat(21), worth: '5000' }))).toMatchObject({
      code: 'AMOUNT_NOT_WHOLE',
      details: { fields: ['worth', 'note'] },
    });
  });

  it('refuses fields that nobody declared, by their names', () => {
    expect(refusalOf(storing({ vip: true, gift: 1 }))).toEqual(invalid('vip', 'gift'));
    expect(refusalOf({ ...storing(), admin: true })).toEqual(invalid('admin'));
    const asked = { query: { shelf: 'a', all: true }, caller: CALLER };
    expect(refusalOf(asked, borderOf(query({ shelf: z.string() })))).toEqual(invalid('all'));
    const { command, caller } = storing();
    expect(refusalOf({ command, caller: { ...caller, role2: 'auditor' } })).toEqual(
      invalid('role2'),
    );
  });

  it('refuses a command of another type, without an id or without its time', () => {
    const { command, caller } = storing();
    expect(refusalOf({ command: { ...command, type: 'BurnRice' }, caller })).toEqual(
      invalid('type'),
    );
    expect(refusalOf({ command: { ...command, id: 'mine' }, caller })).toMatchObject({
      code: 'COMMAND_ID_MALFORMED',
    });
    expect(refusalOf({ command: { ...command, issuedAt: 'now' }, caller })).toMatchObject({
      code: 'INSTANT_MALFORMED',
    });
  });

  it('refuses a caller who does not say who he is', () => {
    const { command, caller } = storing();
    for (const part of ['user', 'role']) {
      expect(refusalOf({ command, caller: { ...caller, [part]: '' } })).toEqual(invalid(part));
    }
    expect(refusalOf({ command })).toEqual(invalid('caller'));
  });

  it.each([undefined, null, 'StoreRice', 7, []])(
    'refuses what is no call at all: %p',
    (payload) => {
      expect(refusalOf(payload)).toMatchObject({ name: 'Rejection', code: 'INVALID_INPUT' });
    },
  );

  it('never says what the wrong value was', () => {
    const told = JSON.stringify(refusalOf(storing({ owner: '3506990101909999x' })));
    expect(told).not.toContain('3506990101909999');
  });
});
