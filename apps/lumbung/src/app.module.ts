import type { DynamicModule } from '@nestjs/common';
import { GatewayModule } from '#lumbung/gateway';
import { allServices, ProcessModule, partsOf } from '#lumbung/hosting';
import type { Vault } from '#lumbung/identity';
import { ALL_READERS, type Engine, ProgressHandler } from '#lumbung/runtime';
import { BUS_TOKEN, type Bus, RemoteController } from '#lumbung/transport';

type Parts = { engine: Engine; vault: Vault; bus: Bus; token: string; isProduction: boolean };

/** GraphQL, the page and all services in one process. */
export const appModule = ({ engine, vault, bus, token, isProduction }: Parts): DynamicModule =>
  ProcessModule.of({
    bus,
    provides: [
      ...partsOf({ engine, vault }),
      { provide: ALL_READERS, useValue: [engine.progress] },
      { provide: BUS_TOKEN, useValue: token },
    ],
    modules: [GatewayModule.with({ isProduction }), ...allServices.map(({ module }) => module)],
    controllers: [ProgressHandler, RemoteController],
  });
