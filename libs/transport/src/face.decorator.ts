import { applyDecorators, Controller } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type FaceClass, patternOf } from '#lumbung/kernel';
import { borderOf } from './border.js';
import { PERMISSION } from './permission.decorator.js';

type Method = (payload: unknown) => unknown;

/**
 * Binds a class to a face: each method answers the pattern `<service>.<face>.<method>`, and sees
 * only payloads that its declaration admits. A method that names no permission is a mistake, told
 * before anything starts.
 */
export const Face = (api: FaceClass): ClassDecorator =>
  applyDecorators(Controller(), (target: object) => {
    const { prototype } = target as { prototype: object };
    for (const [name, declaration] of Object.entries(api.face.methods)) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
      if (!descriptor) throw new TypeError(`${api.face.name} has no method ${name}`);
      const method = descriptor.value as Method;
      if (!Reflect.hasMetadata(PERMISSION, method)) {
        throw new TypeError(`${patternOf(api.face, name)} names no permission`);
      }
      const check = borderOf(declaration);
      const guarded = async function (this: unknown, payload: unknown) {
        return method.call(this, check(payload));
      };
      for (const key of Reflect.getMetadataKeys(method)) {
        Reflect.defineMetadata(key, Reflect.getMetadata(key, method), guarded);
      }
      const bound = { ...descriptor, value: guarded };
      MessagePattern(patternOf(api.face, name))(prototype, name, bound);
      Object.defineProperty(prototype, name, bound);
    }
  });
