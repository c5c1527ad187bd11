import { applyDecorators, Controller } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Caller, type FaceClass, type MethodDeclaration, patternOf } from '#lumbung/kernel';
import { borderOf } from './border.js';
import { PERMISSION, type Permitted, type Place, type Touches } from './permission.decorator.js';

type Method = (payload: unknown) => unknown;
type Admitted = { caller: Caller; command?: { data: unknown }; query?: unknown };

/** Looks into a call for the guard: whose it is, and the places that it touches. */
export type Look = (payload: unknown) => { caller: Caller; places: readonly Place[] };

/** Where the guard finds it. */
export const LOOK = 'lumbung:look';

// What the guard has looked into is not checked a second time.
const checkOnce = (declaration: MethodDeclaration) => {
  const check = borderOf(declaration);
  const checked = new WeakMap<object, Admitted>();
  return (payload: unknown): Admitted => {
    const known = checked.get(payload as object);
    if (known) return known;
    const admitted = check(payload) as Admitted;
    checked.set(payload as object, admitted);
    return admitted;
  };
};

const lookWith = (check: (payload: unknown) => Admitted, touches: Touches): Look => {
  const placesOf = typeof touches === 'string' ? () => [] : touches;
  return (payload) => {
    const { caller, command, query } = check(payload);
    return { caller, places: placesOf(command ? command.data : query) };
  };
};

/**
 * Binds a class to a face: each method answers the pattern `<service>.<face>.<method>`, and sees
 * only payloads that its declaration admits. A method that names no permission, or does not say
 * what it touches, is a mistake, told before anything starts.
 */
export const Face = (api: FaceClass): ClassDecorator =>
  applyDecorators(Controller(), (target: object) => {
    const { prototype } = target as { prototype: object };
    for (const [name, declaration] of Object.entries(api.face.methods)) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
      if (!descriptor) throw new TypeError(`${api.face.name} has no method ${name}`);
      const method = descriptor.value as Method;
      const pattern = patternOf(api.face, name);
      const permitted = Reflect.getMetadata(PERMISSION, method) as Permitted | undefined;
      if (!permitted) throw new TypeError(`${pattern} names no permission`);
      const { touches } = permitted;
      if (!touches) throw new TypeError(`${pattern} does not say what it touches`);
      const check = checkOnce(declaration);
      const guarded = async function (this: unknown, payload: unknown) {
        return method.call(this, check(payload));
      };
      for (const key of Reflect.getMetadataKeys(method)) {
        Reflect.defineMetadata(key, Reflect.getMetadata(key, method), guarded);
      }
      Reflect.defineMetadata(LOOK, lookWith(check, touches), guarded);
      const bound = { ...descriptor, value: guarded };
      MessagePattern(pattern)(prototype, name, bound);
      Object.defineProperty(prototype, name, bound);
    }
  });
