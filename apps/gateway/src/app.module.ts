import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GatewayModule } from '#lumbung/gateway';
import { allFaces } from '#lumbung/hosting';
import { PermissionGuard } from '#lumbung/identity';
import { ALL_READERS, ProgressHandler, type Readers } from '#lumbung/runtime';
import {
  BUS_TOKEN,
  type Bus,
  FacesModule,
  FailureFilter,
  RemoteController,
} from '#lumbung/transport';

type Parts = { bus: Bus; readers: readonly Readers[]; token: string; isProduction: boolean };

/** GraphQL, the page, and waiting for all services together. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest dynamic module is a class
export class AppModule {
  static of({ bus, readers, token, isProduction }: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [FacesModule.over(bus, allFaces), GatewayModule.with({ isProduction })],
      controllers: [ProgressHandler, RemoteController],
      providers: [
        { provide: ALL_READERS, useValue: readers },
        { provide: BUS_TOKEN, useValue: token },
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_FILTER, useClass: FailureFilter },
      ],
    };
  }
}
