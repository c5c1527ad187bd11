import fc from 'fast-check';
import { CommandId, MemberId, PersonId, UserName, uuidOf } from './identifier.js';

describe('a derived id', () => {
  it('is the UUIDv5 of its parts in the name space of lumbung.id, for ever', () => {
    expect(uuidOf('ledger-35.06.17.1009.UMUM', 1)).toBe('0fa627d2-fbf7-545e-8969-d70ad3816be0');
  });

  it('is a UUID of version 5, the same for the same parts and no others', () => {
    const part = fc.oneof(fc.stringMatching(/^[a-z0-9.-]+$/), fc.nat());
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        const id = uuidOf(...some);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(MemberId.parse(id)).toBe(id);
        expect(uuidOf(...others) === id).toBe(others.join('/') === some.join('/'));
      }),
    );
  });

  it.each([
    [MemberId, 'ID_MALFORMED'],
    [PersonId, 'ID_MALFORMED'],
    [CommandId, 'COMMAND_ID_MALFORMED'],
  ])('is refused when it is none', (schema, code) => {
    expect(schema.safeParse('3506990101900001').error?.issues[0]?.message).toBe(code);
  });
});

describe('a user name', () => {
  it.each(['pengurus', 'kasir-1', 'system:resignation', 'a.b'])('may be %s', (name) => {
    expect(UserName.parse(name)).toBe(name);
  });

  it.each(['', 'a', 'Siti', '1kasir', 'siti aminah', 'a'.repeat(41)])('is never "%s"', (name) => {
    expect(UserName.safeParse(name).error?.issues[0]?.message).toBe('USER_NAME_MALFORMED');
  });
});
