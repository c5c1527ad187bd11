import { actingAs, DEFAULT_USER } from './calling.js';
import { busOf } from './testing/office.js';

const ROLES = [
  { role: 'kasir', scope: '35.06.17.1009', from: '2026-01-01', until: null, member: null },
];

const { bus, sent } = busOf({
  'identity.user.find': ({ query: { name } }) =>
    name === 'siti' ? { name: 'siti', roles: ROLES, permissions: ['member.admit'] } : null,
});

const to = (thread: string, ...needs: string[]) => ({
  thread,
  needs: ['member.admit', ...needs] as const,
});

describe('a command', () => {
  it('acts as a user with his role, in a thread of its own', async () => {
    const one = await actingAs(bus, 'siti', to('import a'));
    const other = await actingAs(bus, 'siti', to('import b'));
    expect(one).toMatchObject({
      ...{ user: 'siti', role: 'kasir' },
      roles: [{ role: 'kasir', scope: '35.06.17.1009' }],
    });
    expect(one.correlationId).not.toBe(other.correlationId);
    expect(await actingAs(bus, 'siti', to('import a'))).toEqual(one);
  });

  it('is refused for a name that nobody bears, in a sentence that says what to do', async () => {
    await expect(actingAs(bus, 'hantu', to('verify'))).rejects.toMatchObject({
      code: 'USER_UNKNOWN',
      sentence: expect.stringMatching(/hantu.*--user.*lumbung user add/),
    });
  });

  it('is refused for what is no name, without asking', async () => {
    sent.length = 0;
    await expect(actingAs(bus, 'Siti Aminah', to('verify'))).rejects.toMatchObject({
      code: 'USER_UNKNOWN',
    });
    expect(sent).toEqual([]);
  });

  it('is refused to whoever may do a part of it only, before it begins', async () => {
    const acting = actingAs(bus, 'siti', to('import a', 'simpanan.enter-opening'));
    await expect(acting).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      details: { permission: 'simpanan.enter-opening' },
    });
  });

  it('acts as the first user where none is named', () => {
    expect(DEFAULT_USER).toBe('pengurus');
  });
});
