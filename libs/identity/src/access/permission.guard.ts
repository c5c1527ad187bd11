import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { platformRejections } from '#lumbung/contracts';
import { type Caller, refuse } from '#lumbung/kernel';
import { PERMISSION } from '#lumbung/transport';
import { isAllowed } from './access.policy.js';

const callerOf = (context: ExecutionContext): Caller | undefined => {
  const isRpc = context.getType() === 'rpc';
  const carrier = isRpc ? context.switchToRpc().getData() : context.getArgs()[2];
  return (carrier as { caller?: Caller } | undefined)?.caller;
};

/** Lets a call pass when its caller's role holds the permission that the handler names. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    // Plain HTTP serves the health of the process, nobody's secret, and the bus, which asks for a
    // token and hands on to message handlers, where the call comes by here again.
    if (context.getType() === 'http') return true;
    const permission = this.reflector.get<string | undefined>(PERMISSION, context.getHandler());
    const role = callerOf(context)?.role ?? '';
    if (permission !== undefined && isAllowed(role, permission)) return true;
    throw refuse(platformRejections, 'NOT_PERMITTED', { permission: permission ?? '?' });
  }
}
