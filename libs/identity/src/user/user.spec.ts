import { AddUser, Role } from '#lumbung/contracts';
import type { DomainEvent, UserName } from '#lumbung/kernel';
import { documentsOf, given, recorded } from '#lumbung/kernel/testing';
import { userStream } from './user.decider.js';
import { UserAdded } from './user.events.js';
import { users } from './user.projection.js';

const named = (name: string, role: Role = 'kasir') => ({ name: name as UserName, role });
const wati = UserAdded(named('wati'));

describe('a user', () => {
  it.each(Role.options)('is added by name as %s', (role) => {
    given(userStream)
      .when(AddUser, named('wati', role))
      .yields(UserAdded(named('wati', role)));
  });

  it('is one among others', () => {
    given(userStream, wati)
      .when(AddUser, named('wati-2'))
      .yields(UserAdded(named('wati-2')));
  });

  it('is refused when the name is taken, in whichever role', () => {
    const history = given(userStream, wati);
    history.when(AddUser, named('wati')).rejects('USER_EXISTS');
    history.when(AddUser, named('wati', 'pengurus')).rejects('USER_EXISTS');
  });

  it('may have a name that every object in the program knows', () => {
    for (const name of ['constructor', 'valueof']) {
      given(userStream)
        .when(AddUser, named(name))
        .yields(UserAdded(named(name)));
    }
  });

  it('has no name of the platform’s own, which signs what nobody did', () => {
    given(userStream).when(AddUser, named('system:calendar')).rejects('USER_NAME_MALFORMED');
  });

  it('belongs to one deployment', () => {
    expect(userStream.id('35.06')).toBe('users-35.06');
  });
});

describe('users as they are shown', () => {
  it('have their name and role, and nothing else', () => {
    const history: DomainEvent[] = [wati, UserAdded(named('agus', 'auditor'))];
    const documents = documentsOf(
      users,
      history.map((event, at) => recorded(event, at)),
    );
    expect(Object.fromEntries(documents)).toEqual({
      wati: { name: 'wati', role: 'kasir', scope: 'all' },
      agus: { name: 'agus', role: 'auditor', scope: 'all' },
    });
  });
});
