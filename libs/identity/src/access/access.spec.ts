import type { Caller, HeldRole, MemberId, Scope, UserName } from '#lumbung/kernel';
import { roleAnywhere, roleFor, sees } from './access.js';

const PARE = '35.06.17.1009';
const SIDOREJO = '35.06.17.2001';
const SITI = '5b0a7f3e-1111-4111-8111-111111111111';
const BUDI = '5b0a7f3e-2222-4222-8222-222222222222';

const holding = (...roles: [role: string, scope: string, member?: string][]): Caller => ({
  user: 'wati' as UserName,
  role: roles[0]?.[0] ?? 'tamu',
  roles: roles.map(
    ([role, scope, member]): HeldRole => ({
      role,
      scope: scope as Scope,
      ...(member !== undefined && { member: member as MemberId }),
    }),
  ),
  correlationId: 'test',
});

const machine = (role: string): Caller => ({
  user: 'system:calendar' as UserName,
  role,
  correlationId: 'test',
});

const at = (scope: string, member?: string) => [{ scope, member }];

describe('a caller', () => {
  it('acts in the role that allows it there', () => {
    const both = holding(['kasir', PARE], ['bendahara', SIDOREJO]);
    expect(roleFor(both, 'simpanan.deposit', at(PARE))).toBe('kasir');
    expect(roleFor(both, 'simpanan.deposit', at(SIDOREJO))).toBe('bendahara');
    expect(roleFor(both, 'book.close-month', at(PARE))).toBeUndefined();
    expect(roleFor(both, 'book.close-month', at(SIDOREJO))).toBe('bendahara');
  });

  it('needs a role at each of several places', () => {
    const one = holding(['kasir', PARE]);
    const district = holding(['kasir', '35.06.17']);
    const places = [{ scope: PARE }, { scope: SIDOREJO }];
    expect(roleFor(one, 'cooperative.read', places)).toBeUndefined();
    expect(roleFor(district, 'cooperative.read', places)).toBe('kasir');
    expect(roleFor(one, 'cooperative.read', [])).toBe('kasir');
  });

  it('without a role may nothing, whatever role he claims', () => {
    const nobody = { ...holding(), role: 'pengurus' };
    expect(roleFor(nobody, 'simpanan.deposit', at(PARE))).toBeUndefined();
    expect(roleAnywhere(nobody, 'platform.read')).toBeUndefined();
  });

  it('that is no hand of the platform may nothing without a role that he holds', () => {
    for (const role of ['pengurus', 'operator', 'auditor']) {
      expect(roleAnywhere(machine(role), 'platform.read')).toBeUndefined();
      expect(sees(machine(role), 'cooperative.read', { scope: PARE })).toBe(false);
    }
  });

  it('reads as a member what is his own, and nothing of his neighbour', () => {
    const siti = holding(['anggota', PARE, SITI]);
    expect(sees(siti, 'simpanan.read', { scope: PARE, member: SITI })).toBe(true);
    expect(sees(siti, 'simpanan.read', { scope: PARE, member: BUDI })).toBe(false);
    expect(sees(siti, 'simpanan.read', { scope: SIDOREJO, member: SITI })).toBe(false);
    expect(sees(siti, 'member.read', { scope: PARE })).toBe(false);
    expect(sees(siti, 'cooperative.read', { scope: PARE })).toBe(true);
  });

  it('as a member of nothing has nothing of his own', () => {
    const lost = holding(['anggota', PARE]);
    expect(sees(lost, 'simpanan.read', { scope: PARE })).toBe(false);
    expect(sees(lost, 'simpanan.read', { scope: PARE, member: SITI })).toBe(false);
  });

  it('as an officer reads a register without its names', () => {
    const officer = holding(['petugas', '35.06']);
    const place = { scope: PARE, member: SITI };
    expect(sees(officer, 'member.read', place)).toBe(true);
    expect(sees(officer, 'member.read', place, 'joinedOn')).toBe(true);
    expect(sees(officer, 'member.read', place, 'name')).toBe(false);
    expect(sees(holding(['kasir', PARE]), 'member.read', place, 'name')).toBe(true);
  });

  it('sees by one of his roles what another hides', () => {
    const both = holding(['petugas', '35.06'], ['pengawas', PARE]);
    expect(sees(both, 'member.read', { scope: PARE }, 'name')).toBe(true);
    expect(sees(both, 'member.read', { scope: SIDOREJO }, 'name')).toBe(false);
  });

  it('that is a hand of the platform acts everywhere, in its own role', () => {
    expect(roleFor(machine('system'), 'workflow', at(PARE))).toBe('system');
    expect(roleFor(machine('system'), 'simpanan.deposit', at(PARE))).toBeUndefined();
    expect(roleFor(machine('feed'), 'feed.read', at('35.06'))).toBe('feed');
  });

  it.each(['', 'book', 'book.reopen-month', 'length', 'member.*', 'manage.all', 'all.manage'])(
    'may never do what is not listed: "%s"',
    (permission) => {
      const all = holding(['pengurus', '35'], ['operator', '35'], ['auditor', '35']);
      expect(roleAnywhere(all, permission)).toBeUndefined();
      expect(roleFor(all, permission, at(PARE))).toBeUndefined();
    },
  );
});
