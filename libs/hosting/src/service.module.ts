import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import {
  AccountApi,
  AuditApi,
  BookApi,
  CooperativeApi,
  MemberApi,
  ProgressApi,
  RegionApi,
  SettlementApi,
  SimpananApi,
  TotalsApi,
  UserApi,
} from '#lumbung/contracts';
import { PermissionGuard, Vault } from '#lumbung/identity';
import { Commands, Engine, ReadModels } from '#lumbung/runtime';
import { type Bus, FacesModule, FailureFilter } from '#lumbung/transport';

/** The faces of all services, whichever process answers for them. */
export const allFaces = [
  AccountApi,
  AuditApi,
  BookApi,
  CooperativeApi,
  MemberApi,
  ProgressApi,
  RegionApi,
  SettlementApi,
  SimpananApi,
  TotalsApi,
  UserApi,
];

type Parts = { engine: Engine; vault?: Vault | undefined };

@Module({})
class PartsModule {
  static of({ engine, vault }: Parts): DynamicModule {
    const providers = [
      { provide: Engine, useValue: engine },
      { provide: Commands, useValue: engine.commands },
      { provide: ReadModels, useValue: engine.readModels },
      ...(vault ? [{ provide: Vault, useValue: vault }] : []),
    ];
    return { module: PartsModule, global: true, providers, exports: providers };
  }
}

export type Hosted = Parts & {
  bus: Bus;
  /** The services' own modules, and what else this process serves. */
  modules: readonly (Type | DynamicModule)[];
  controllers: readonly Type[];
};

/** What serves services to a bus, in whichever process. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest dynamic module is a class
export class ServiceModule {
  static of({ bus, modules, controllers, ...parts }: Hosted): DynamicModule {
    return {
      module: ServiceModule,
      imports: [PartsModule.of(parts), FacesModule.over(bus, allFaces), ...modules],
      controllers: [...controllers],
      providers: [
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_FILTER, useClass: FailureFilter },
      ],
    };
  }
}
