import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Rejection } from '#lumbung/kernel';
import { Permission } from '#lumbung/transport';
import { PermissionGuard } from './permission.guard.js';

class Handler {
  @Permission('book.close-month')
  close() {
    return 'closed';
  }

  open() {
    return 'opened';
  }
}

const { close, open } = Handler.prototype;
const pengurus = { user: 'pengurus', role: 'pengurus', correlationId: 'test' };
const kasir = { ...pengurus, user: 'kasir', role: 'kasir' };

const guard = new PermissionGuard(new Reflector());

type Handled = { type: string; handler: () => unknown; caller?: unknown };

/** A call as Nest shows it to a guard: of a message handler, a resolver, or plain HTTP. */
const contextOf = ({ type, handler, caller }: Handled) => {
  const carrier = caller === undefined ? undefined : { caller };
  return {
    getType: () => type,
    getHandler: () => handler,
    getArgs: () => (type === 'graphql' ? [{}, {}, carrier, {}] : [carrier]),
    switchToRpc: () => ({ getData: () => carrier }),
  } as unknown as ExecutionContext;
};

const refusalOf = (handled: Handled): Rejection => {
  try {
    guard.canActivate(contextOf(handled));
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error('it was let pass');
};

describe.each(['rpc', 'graphql'])('a call by %s', (type) => {
  it('passes when its caller’s role holds the permission that the handler names', () => {
    expect(guard.canActivate(contextOf({ type, handler: close, caller: pengurus }))).toBe(true);
  });

  it('is refused otherwise, with a code, a sentence and the permission that was missing', () => {
    expect(refusalOf({ type, handler: close, caller: kasir })).toMatchObject({
      code: 'NOT_PERMITTED',
      sentence: 'Anda tidak berwenang untuk tindakan ini (book.close-month).',
      details: { permission: 'book.close-month' },
    });
  });

  it('of a handler that names no permission is refused, whoever calls', () => {
    expect(refusalOf({ type, handler: open, caller: pengurus })).toMatchObject({
      code: 'NOT_PERMITTED',
      details: { permission: '?' },
    });
  });

  it.each([
    ['nobody', undefined],
    ['somebody without a role', { user: 'pengurus' }],
    ['a role that is none', { ...pengurus, role: 'constructor' }],
  ])('from %s is refused', (_, caller) => {
    expect(refusalOf({ type, handler: close, caller }).code).toBe('NOT_PERMITTED');
  });
});

it('plain HTTP is not the guard’s: the health of the process, and the bus with its token', () => {
  expect(guard.canActivate(contextOf({ type: 'http', handler: open }))).toBe(true);
});
