import { type DynamicModule, Module } from '@nestjs/common';
import { type FaceClass, patternOf } from '#lumbung/kernel';
import { Bus } from './bus.js';

type Client = Record<string, (payload: unknown) => Promise<unknown>>;

/** An object with the methods of a face, each sent over the bus. */
export const clientOf = ({ face }: FaceClass, bus: Bus): Client =>
  Object.fromEntries(
    Object.keys(face.methods).map((method) => {
      const pattern = patternOf(face, method);
      return [method, (payload: unknown) => bus.send(pattern, payload)];
    }),
  );

/** `clientOf`, typed as the face's own class. */
export const clientFor = <Api>(api: FaceClass<Api>, bus: Bus): Api =>
  clientOf(api as FaceClass, bus) as Api;

/** Gives every module the faces of other services, by whichever bus the process has. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest dynamic module is a class
export class FacesModule {
  static over(bus: Bus, apis: readonly FaceClass[]): DynamicModule {
    const faces = apis.map((api) => ({ provide: api, useValue: clientOf(api, bus) }));
    return {
      module: FacesModule,
      global: true,
      providers: [{ provide: Bus, useValue: bus }, ...faces],
      exports: [Bus, ...apis],
    };
  }
}
