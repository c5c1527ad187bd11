import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GatewayModule } from '#lumbung/gateway';
import { allFaces, allServices } from '#lumbung/hosting';
import { PermissionGuard, Vault } from '#lumbung/identity';
import { ALL_READERS, Commands, Engine, ProgressHandler, ReadModels } from '#lumbung/runtime';
import {
  BUS_TOKEN,
  type Bus,
  FacesModule,
  FailureFilter,
  RemoteController,
} from '#lumbung/transport';

type Parts = { engine: Engine; vault: Vault; bus: Bus; token: string; isProduction: boolean };

@Module({})
class PartsModule {
  static of({ engine, vault, token }: Parts): DynamicModule {
    const providers = [
      { provide: Engine, useValue: engine },
      { provide: Commands, useValue: engine.commands },
      { provide: ReadModels, useValue: engine.readModels },
      { provide: ALL_READERS, useValue: [engine.progress] },
      { provide: Vault, useValue: vault },
      { provide: BUS_TOKEN, useValue: token },
    ];
    return { module: PartsModule, global: true, providers, exports: providers };
  }
}

@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest dynamic module is a class
export class AppModule {
  static of(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PartsModule.of(parts),
        FacesModule.over(parts.bus, allFaces),
        GatewayModule.with({ isProduction: parts.isProduction }),
        ...allServices.map(({ module }) => module),
      ],
      controllers: [ProgressHandler, RemoteController],
      providers: [
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_FILTER, useClass: FailureFilter },
      ],
    };
  }
}
