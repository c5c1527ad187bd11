import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { face, query, Rejection, Scope, VillageCode } from '#lumbung/kernel';
import { at, Face, Permission, regencyWide } from '#lumbung/transport';
import { PermissionGuard } from './permission.guard.js';

const PARE = '35.06.17.1009';
const SIDOREJO = '35.06.17.2001';
const Close = query({ cooperative: VillageCode });
const Nothing = query({});
const Grant = query({ scope: Scope });

abstract class OfficeApi {
  static readonly face = face<OfficeApi>('test.office', {
    ...{ close: Close, look: Nothing, audit: Nothing, grant: Grant },
  });
  abstract close(): Promise<string>;
  abstract look(): Promise<string>;
  abstract audit(): Promise<string>;
  abstract grant(): Promise<string>;
}

@Face(OfficeApi)
class Office implements OfficeApi {
  @Permission('book.close-month', at('cooperative'))
  async close() {
    return 'closed';
  }

  @Permission('audit.read', regencyWide)
  async audit() {
    return 'audited';
  }

  @Permission('user.grant', at('scope'))
  async grant() {
    return 'granted';
  }

  @Permission('region.read', 'anywhere')
  async look() {
    return 'looked';
  }
}

class Resolver {
  @Permission('book.close-month')
  close() {
    return 'closed';
  }

  open() {
    return 'opened';
  }
}

const { close, look, audit, grant } = Office.prototype;
const resolver = Resolver.prototype;
const held = (...roles: object[]) => ({ user: 'wati', role: 'tamu', roles, correlationId: 'test' });
const ketua = held({ role: 'ketua', scope: PARE });
const kasir = held({ role: 'kasir', scope: PARE });

const guard = new PermissionGuard(new Reflector(), '35.06');

type Handled = { handler: () => unknown; caller?: unknown; query?: object };

const contextOf = (type: string, { handler, caller, query = { cooperative: PARE } }: Handled) => {
  const carrier = type === 'graphql' ? { caller } : { query, caller };
  return {
    getType: () => type,
    getHandler: () => handler,
    getArgs: () => (type === 'graphql' ? [{}, {}, carrier, {}] : [carrier]),
    switchToRpc: () => ({ getData: () => carrier }),
  } as unknown as ExecutionContext;
};

const message = (handled: Handled) => guard.canActivate(contextOf('rpc', handled));
const resolving = (handled: Handled) => guard.canActivate(contextOf('graphql', handled));

const refusalOf = (calling: () => boolean): Rejection => {
  try {
    calling();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error('it was let pass');
};

const denied = (permission: string) => ({
  code: 'NOT_PERMITTED',
  sentence: `Anda tidak berwenang untuk tindakan ini (${permission}).`,
  details: { permission },
});

describe('a message', () => {
  it('passes when its caller may do what the handler names where it touches', () => {
    expect(message({ handler: close, caller: ketua })).toBe(true);
  });

  it('is refused otherwise, with a code, a sentence and the permission that was missing', () => {
    const refused = refusalOf(() => message({ handler: close, caller: kasir }));
    expect(refused).toMatchObject(denied('book.close-month'));
  });

  it('that touches another’s cooperative is refused in the same words', () => {
    const query = { cooperative: SIDOREJO };
    const refused = refusalOf(() => message({ handler: close, caller: ketua, query }));
    expect(refused).toMatchObject(denied('book.close-month'));
  });

  it.each([
    ['a place that is none', { query: { cooperative: { $ne: '' } } }],
    ['roles that are none', { caller: { ...ketua, roles: [null] } }],
    ['a scope in a list', { caller: held({ role: 'ketua', scope: [PARE] }) }],
    ['nobody', { caller: undefined }],
  ])('with %s is none, and leaves no trace', (_, given) => {
    const told = refusalOf(() => message({ handler: close, caller: ketua, ...given }));
    expect(told.code).not.toBe('NOT_PERMITTED');
    expect(message({ handler: close, caller: ketua })).toBe(true);
  });

  it('of what is the same for everybody passes from anywhere', () => {
    expect(message({ handler: look, caller: kasir, query: {} })).toBe(true);
    const nobody = refusalOf(() => message({ handler: look, caller: held(), query: {} }));
    expect(nobody.code).toBe('NOT_PERMITTED');
  });

  it.each([
    ['35.06', true],
    ['35', true],
    ['35.06.17', false],
    ['35.07', false],
    ['program:kopdes', false],
  ])('of what concerns the whole is for whoever holds %s: %s', (scope, isLet) => {
    const caller = held({ role: 'auditor', scope });
    const asked = () => message({ handler: audit, caller, query: {} });
    expect(isLet ? asked() : refusalOf(asked).code).toBe(isLet || 'NOT_PERMITTED');
  });

  it('of a programme is for whoever has the regency', () => {
    const query = { scope: 'program:kopdes' };
    const of = (scope: string) => ({
      handler: grant,
      caller: held({ role: 'operator', scope }),
      query,
    });
    expect(message(of('35.06'))).toBe(true);
    expect(refusalOf(() => message(of('35.06.17'))).code).toBe('NOT_PERMITTED');
    expect(refusalOf(() => message(of('program:kopdes'))).code).toBe('NOT_PERMITTED');
  });

  it('of a handler that no face declares is refused, whoever calls', () => {
    const refused = refusalOf(() => message({ handler: resolver.close, caller: ketua }));
    expect(refused).toMatchObject(denied('book.close-month'));
    const unnamed = refusalOf(() => message({ handler: resolver.open, caller: ketua }));
    expect(unnamed).toMatchObject(denied('?'));
  });
});

describe('a resolver', () => {
  it('passes when its caller may do that somewhere', () => {
    expect(resolving({ handler: resolver.close, caller: ketua })).toBe(true);
    const refused = refusalOf(() => resolving({ handler: resolver.close, caller: kasir }));
    expect(refused).toMatchObject(denied('book.close-month'));
  });

  it('that names no permission is refused, whoever calls', () => {
    const refused = refusalOf(() => resolving({ handler: resolver.open, caller: ketua }));
    expect(refused).toMatchObject(denied('?'));
  });
});

it.each([
  ['nobody in particular', { user: 'pengurus', role: 'tamu', correlationId: 'test' }],
  ['a role that is claimed', { user: 'pengurus', role: 'pengurus', correlationId: 'test' }],
  ['a role that is none', { user: 'pengurus', role: 'constructor', correlationId: 'test' }],
  ['roles that are none', held({ role: '__proto__', scope: '35' })],
])('a call from %s is refused', (_, caller) => {
  expect(refusalOf(() => message({ handler: close, caller })).code).toBe('NOT_PERMITTED');
  expect(refusalOf(() => resolving({ handler: resolver.close, caller })).code).toBe(
    'NOT_PERMITTED',
  );
});

it('plain HTTP is not the guard’s: the health of the process, and the bus with its token', () => {
  expect(guard.canActivate(contextOf('http', { handler: resolver.open }))).toBe(true);
});
