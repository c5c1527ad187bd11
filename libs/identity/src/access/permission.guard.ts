import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { platformRejections } from '#lumbung/contracts';
import { type Caller, refuse } from '#lumbung/kernel';
import {
  LOOK,
  type Look,
  PERMISSION,
  type Permitted,
  type Place,
  REGENCY,
} from '#lumbung/transport';
import { roleAnywhere, roleFor } from './access.js';
import { placeOf } from './access.policy.js';

/** The regency of the deployment that a guard is in. */
export const OWN_REGENCY = Symbol('OWN_REGENCY');

const denied = (permission: string) => refuse(platformRejections, 'NOT_PERMITTED', { permission });

/**
 * Lets a call pass when its caller may do what the handler names at all that the call touches. A
 * resolver of GraphQL asks only whether he may do it somewhere: what it calls looks closer.
 */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(OWN_REGENCY) private readonly regency: string,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    // Plain HTTP serves the health of the process, nobody's secret, and the bus, which asks for a
    // token and hands on to message handlers, where the call comes by here again.
    if (context.getType() === 'http') return true;
    const permitted = this.reflector.get<Permitted | undefined>(PERMISSION, context.getHandler());
    if (!permitted) throw denied('?');
    if (context.getType() === 'rpc') this.lookInto(context, permitted);
    else this.ask(context, permitted);
    return true;
  }

  private ask(context: ExecutionContext, { name }: Permitted): void {
    const { caller } = (context.getArgs()[2] ?? {}) as { caller?: Caller };
    if (!caller || roleAnywhere(caller, name) === undefined) throw denied(name);
  }

  /** Finds the role in which the caller acts at what the call touches, and leaves it with him. */
  private lookInto(context: ExecutionContext, { name, touches }: Permitted): void {
    const look = this.reflector.get<Look | undefined>(LOOK, context.getHandler());
    if (!look || !touches) throw denied(name);
    const { caller, places } = look(context.switchToRpc().getData());
    const isEverybodys = typeof touches === 'string';
    const role = isEverybodys
      ? roleAnywhere(caller, name)
      : roleFor(
          caller,
          name,
          places.map((place) => this.here(place)),
        );
    if (role === undefined) throw denied(name);
    caller.role = role;
  }

  private here(place: Place): Place {
    const scope = place.scope === REGENCY ? this.regency : placeOf(place.scope, this.regency);
    return { ...place, scope };
  }
}
