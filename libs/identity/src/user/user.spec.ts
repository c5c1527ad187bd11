import { AddUser, EndRole, GrantRole, Role } from '#lumbung/contracts';
import type { DomainEvent, MemberId, PlainDate, Scope, UserName } from '#lumbung/kernel';
import { documentsOf, given, recorded } from '#lumbung/kernel/testing';
import { userStream } from './user.decider.js';
import { RoleEnded, RoleGranted, UserAdded } from './user.events.js';
import { users } from './user.projection.js';

const PARE = '35.06.17.1009';
const SIDOREJO = '35.06.17.2001';
const TODAY = '2026-03-02';
const SITI = '5b0a7f3e-1111-4111-8111-111111111111';
const BUDI = '5b0a7f3e-2222-4222-8222-222222222222';
const OPERATOR = { actor: 'operator' };
const CHAIR = { actor: 'sri' };

const added = (name: string) => UserAdded({ name: name as UserName });
const granted = (name: string, role: Role, scope = PARE, from = TODAY, until?: string) =>
  RoleGranted({
    ...{ name: name as UserName, role, scope: scope as Scope, from: from as PlainDate },
    ...(until !== undefined && { until: until as PlainDate }),
  });
const ended = (name: string, role: Role, on: string, scope = PARE) =>
  RoleEnded({
    ...{ name: name as UserName, role, scope: scope as Scope, on: on as PlainDate },
  });

/** An operator of the regency, a chair in Pare, and a cashier there. */
const OFFICE: DomainEvent[] = [
  ...[added('operator'), granted('operator', 'operator', '35.06')],
  ...[added('sri'), granted('sri', 'ketua')],
  ...[added('wati'), granted('wati', 'kasir')],
];
const office = given(userStream, ...OFFICE);
const wish = (name: string, role: Role, scope = PARE) => ({ name, role, scope });

describe('a user', () => {
  it('is added with a first role, from today', () => {
    office
      .when(AddUser, wish('agus', 'bendahara'), OPERATOR)
      .yields(added('agus'), granted('agus', 'bendahara'));
  });

  it('is refused when the name is taken, in whichever role', () => {
    office.when(AddUser, wish('wati', 'kasir'), CHAIR).rejects('USER_EXISTS');
    office.when(AddUser, wish('wati', 'ketua'), OPERATOR).rejects('USER_EXISTS');
  });

  it('may have a name that every object in the program knows', () => {
    for (const name of ['constructor', 'valueof']) {
      office
        .when(AddUser, wish(name, 'ketua'), OPERATOR)
        .yields(added(name), granted(name, 'ketua'));
      office.when(GrantRole, wish(name, 'ketua'), OPERATOR).rejects('USER_UNKNOWN');
    }
  });

  it('has no name of the platform’s own, which signs what nobody did', () => {
    const system = wish('system:calendar', 'ketua');
    office.when(AddUser, system, OPERATOR).rejects('USER_NAME_MALFORMED');
  });

  it('belongs to one deployment', () => {
    expect(userStream.id('35.06')).toBe('users-35.06');
  });
});

describe('a role', () => {
  it.each(Role.options.filter((role) => role !== 'anggota'))('of %s is given at first', (role) => {
    given(userStream)
      .when(AddUser, wish('agus', role), { actor: 'system:founding' })
      .yields(added('agus'), granted('agus', role));
  });

  it('is given beside others, from a day to a last day', () => {
    office
      .when(
        GrantRole,
        { ...wish('wati', 'manajer'), from: '2026-04-01', until: '2026-06-30' },
        CHAIR,
      )
      .yields(granted('wati', 'manajer', PARE, '2026-04-01', '2026-06-30'));
    const backwards = { ...wish('wati', 'manajer'), from: '2026-04-01', until: '2026-03-31' };
    office.when(GrantRole, backwards, CHAIR).rejects('PERIOD_ENDS_EARLY');
  });

  it('of a member says which one, and of nobody else', () => {
    const member = { ...wish('wati', 'anggota'), member: SITI };
    office.when(GrantRole, member, CHAIR).then();
    office.when(GrantRole, wish('wati', 'anggota'), CHAIR).rejects('MEMBER_MISSING');
    const cashier = { ...wish('sri', 'kasir'), member: SITI };
    office.when(GrantRole, cashier, { actor: 'system:founding' }).rejects('MEMBER_MISSING');
  });

  it('is not given twice, but again when it has ended', () => {
    office.when(GrantRole, wish('wati', 'kasir'), CHAIR).rejects('ROLE_HELD');
    const other = { ...wish('wati', 'anggota'), member: SITI };
    const member = RoleGranted({ ...granted('wati', 'anggota').data, member: BUDI as MemberId });
    given(userStream, ...OFFICE, member)
      .when(GrantRole, other, CHAIR)
      .rejects('ROLE_HELD');
    const free = given(userStream, ...OFFICE, ended('wati', 'kasir', '2026-03-01'));
    free.when(GrantRole, wish('wati', 'kasir'), CHAIR).yields(granted('wati', 'kasir'));
    given(userStream, ...OFFICE, ended('wati', 'kasir', TODAY))
      .when(GrantRole, wish('wati', 'kasir'), CHAIR)
      .rejects('ROLE_HELD');
  });

  it('is given by whoever gives it there, and by nobody else', () => {
    const refused: [string, ReturnType<typeof wish>][] = [
      ['sri', wish('wati', 'ketua')],
      ['sri', wish('wati', 'pengawas')],
      ['sri', wish('wati', 'manajer', SIDOREJO)],
      ['sri', wish('wati', 'manajer', '35.06.17')],
      ['wati', wish('sri', 'kasir')],
      ['operator', wish('wati', 'manajer')],
      ['nobody', wish('wati', 'manajer')],
      ['constructor', wish('wati', 'manajer')],
    ];
    for (const [actor, data] of refused) {
      office.when(GrantRole, data, { actor }).rejects('ROLE_ABOVE_OWN');
    }
  });

  it('is given to nobody by himself, in whichever role he has', () => {
    office.when(GrantRole, wish('sri', 'kasir'), CHAIR).rejects('ROLE_TO_ONESELF');
    office.when(GrantRole, wish('operator', 'pengawas'), OPERATOR).rejects('ROLE_TO_ONESELF');
  });

  it('that has ended, or is yet to come, gives nothing', () => {
    const past = given(userStream, ...OFFICE, ended('sri', 'ketua', '2026-03-01'));
    past.when(GrantRole, wish('wati', 'manajer'), CHAIR).rejects('ROLE_ABOVE_OWN');
    const coming = given(userStream, added('sri'), granted('sri', 'ketua', PARE, '2026-03-03'));
    coming.when(AddUser, wish('agus', 'kasir'), CHAIR).rejects('ROLE_ABOVE_OWN');
    const last = given(userStream, ...OFFICE, ended('sri', 'ketua', TODAY));
    last.when(GrantRole, wish('wati', 'manajer'), CHAIR).yields(granted('wati', 'manajer'));
  });

  it('holds in this regency, over it, or for a programme', () => {
    for (const scope of ['35.06.17', '35.06', '35', 'program:kopdes']) {
      office.when(GrantRole, wish('wati', 'auditor', scope), { actor: 'system:founding' }).then();
    }
    for (const scope of ['35.07', '36', '35.07.01.2001']) {
      const elsewhere = wish('wati', 'auditor', scope);
      office.when(GrantRole, elsewhere, { actor: 'system:founding' }).rejects('SCOPE_ELSEWHERE');
      office.when(GrantRole, elsewhere, OPERATOR).rejects('ROLE_ABOVE_OWN');
    }
  });

  it('changes nothing on a day that is past', () => {
    const earlier = { ...wish('wati', 'manajer'), from: '2026-03-01' };
    office.when(GrantRole, earlier, CHAIR).rejects('PERIOD_IN_PAST');
    const past = { ...wish('wati', 'kasir'), on: '2026-02-28' };
    office.when(EndRole, past, CHAIR).rejects('PERIOD_IN_PAST');
    const yesterday = { ...wish('wati', 'kasir'), on: '2026-03-01' };
    office.when(EndRole, yesterday, CHAIR).yields(ended('wati', 'kasir', '2026-03-01'));
  });

  it('is not given to somebody who has a hundred', () => {
    const many = Array.from({ length: 99 }, (_, at) =>
      granted('wati', 'pendamping', `35.06.17.${2_001 + at}`),
    );
    const full = given(userStream, ...OFFICE, ...many);
    full.when(GrantRole, wish('wati', 'manajer'), CHAIR).rejects('ROLES_TOO_MANY');
  });

  it('over the whole regency is never taken from the last who gives it', () => {
    const last = { ...wish('operator', 'operator', '35.06'), on: TODAY };
    office.when(EndRole, last, { actor: 'system:founding' }).rejects('LAST_OF_REGENCY');
    const second = [added('dewi'), granted('dewi', 'pengurus', '35.06')];
    given(userStream, ...OFFICE, ...second)
      .when(EndRole, last, { actor: 'dewi' })
      .yields(ended('operator', 'operator', TODAY, '35.06'));
  });

  it('of another is no secret’s key: whoever may not give it is told nothing of him', () => {
    for (const name of ['wati', 'nobody']) {
      office.when(GrantRole, wish(name, 'ketua'), CHAIR).rejects('ROLE_ABOVE_OWN');
      office.when(AddUser, wish(name, 'ketua'), CHAIR).rejects('ROLE_ABOVE_OWN');
    }
  });

  it('over the province or for a programme is given by whoever has the regency', () => {
    for (const scope of ['35', 'program:kopdes']) {
      office
        .when(GrantRole, wish('wati', 'petugas', scope), OPERATOR)
        .yields(granted('wati', 'petugas', scope));
      office.when(GrantRole, wish('wati', 'kasir', scope), CHAIR).rejects('ROLE_ABOVE_OWN');
    }
  });

  it('is ended on a last day, by whoever gives it', () => {
    const wati = { ...wish('wati', 'kasir'), on: '2026-03-31' };
    office.when(EndRole, wati, CHAIR).yields(ended('wati', 'kasir', '2026-03-31'));
    office.when(EndRole, wati, { actor: 'wati' }).rejects('ROLE_ABOVE_OWN');
    office.when(EndRole, wati, OPERATOR).rejects('ROLE_ABOVE_OWN');
    const never = { ...wish('wati', 'manajer'), on: '2026-03-31' };
    office.when(EndRole, never, CHAIR).rejects('ROLE_NOT_HELD');
    given(userStream, ...OFFICE, ended('wati', 'kasir', '2026-03-31'))
      .when(EndRole, { ...wati, on: '2026-04-30' }, CHAIR)
      .rejects('ROLE_NOT_HELD');
  });
});

/** As the first version recorded it: with the name a role over the whole regency. */
const atFirst = (name: string, role: Role): DomainEvent => ({
  ...{ type: 'identity.UserAdded', version: 1, data: { name, role } },
});

describe('a user of the first version', () => {
  it('has his role over the whole regency, from the day on which he was added', () => {
    given(userStream, atFirst('pengurus', 'pengurus'))
      .when(AddUser, wish('wati', 'kasir', SIDOREJO), { actor: 'pengurus' })
      .yields(added('wati'), granted('wati', 'kasir', SIDOREJO));
  });
});

describe('users as they are shown', () => {
  it('have their name and roles, and nothing else', () => {
    const history = [
      ...[added('wati'), granted('wati', 'kasir'), granted('wati', 'manajer')],
      ...[ended('wati', 'kasir', '2026-05-31'), atFirst('agus', 'auditor')],
    ];
    const documents = documentsOf(
      users,
      history.map((event, at) => recorded(event, at)),
    );
    const since = { from: TODAY, until: null, member: null };
    expect(Object.fromEntries(documents)).toEqual({
      wati: {
        ...{ name: 'wati', scope: 'all' },
        roles: [
          { role: 'kasir', scope: PARE, ...since, until: '2026-05-31' },
          { role: 'manajer', scope: PARE, ...since },
        ],
      },
      agus: {
        ...{ name: 'agus', scope: 'all' },
        roles: [{ role: 'auditor', scope: '35.06', ...since }],
      },
    });
  });
});
