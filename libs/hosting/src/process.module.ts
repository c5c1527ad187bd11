import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import {
  AccountApi,
  AuditApi,
  BookApi,
  CooperativeApi,
  FeedApi,
  MemberApi,
  ParkingApi,
  ProgressApi,
  RegionApi,
  SettlementApi,
  SimpananApi,
  TotalsApi,
  UserApi,
} from '#lumbung/contracts';
import { OWN_REGENCY, PermissionGuard, Vault } from '#lumbung/identity';
import { ALL_PARKINGS, Commands, Engine, ReadModels } from '#lumbung/runtime';
import { type Bus, FacesModule, FailureFilter } from '#lumbung/transport';

/** The faces of all services, whichever process answers for them. */
export const allFaces = [
  AccountApi,
  AuditApi,
  BookApi,
  CooperativeApi,
  FeedApi,
  MemberApi,
  ParkingApi,
  ProgressApi,
  RegionApi,
  SettlementApi,
  SimpananApi,
  TotalsApi,
  UserApi,
];

type Parts = { engine: Engine; vault?: Vault | undefined };

/** What the modules of services ask for. */
export const partsOf = ({ engine, vault }: Parts): Provider[] => [
  { provide: Engine, useValue: engine },
  { provide: Commands, useValue: engine.commands },
  { provide: ReadModels, useValue: engine.readModels },
  { provide: ALL_PARKINGS, useValue: () => [engine.parkings] },
  ...(vault ? [{ provide: Vault, useValue: vault }] : []),
];

@Module({})
class PartsModule {
  static of(providers: Provider[]): DynamicModule {
    return { module: PartsModule, global: true, providers, exports: providers };
  }
}

export type Hosted = {
  bus: Bus;
  regency: string;
  /** What all modules and controllers may ask for, beside the faces. */
  provides: Provider[];
  modules: readonly (Type | DynamicModule)[];
  controllers: Type[];
};

/** A process on a bus: what it serves, behind the guard of permissions. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest dynamic module is a class
export class ProcessModule {
  static of({ bus, regency, provides, modules, controllers }: Hosted): DynamicModule {
    return {
      module: ProcessModule,
      imports: [PartsModule.of(provides), FacesModule.over(bus, allFaces), ...modules],
      controllers,
      providers: [
        { provide: OWN_REGENCY, useValue: regency },
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_FILTER, useClass: FailureFilter },
      ],
    };
  }
}
