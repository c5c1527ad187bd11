import type { DynamicModule } from '@nestjs/common';
import { GatewayModule } from '#lumbung/gateway';
import { allServices, ProcessModule, partsOf } from '#lumbung/hosting';
import type { Vault } from '#lumbung/identity';
import { ALL_READERS, AllParkingHandler, type Engine, ProgressHandler } from '#lumbung/runtime';
import type { Telemetry } from '#lumbung/telemetry';
import { BUS_TOKEN, type Bus, RemoteController } from '#lumbung/transport';

type Parts = {
  engine: Engine;
  vault: Vault;
  bus: Bus;
  token: string;
  telemetry: Telemetry | undefined;
  isProduction: boolean;
};

/** GraphQL, the page and all services in one process. */
export const appModule = (parts: Parts): DynamicModule => {
  const { engine, vault, bus, token, telemetry, isProduction } = parts;
  const plugins = telemetry && [telemetry.requests.plugin];
  return ProcessModule.of({
    bus,
    regency: engine.commands.deployment.regency,
    provides: [
      ...partsOf({ engine, vault }),
      { provide: ALL_READERS, useValue: [engine.progress] },
      { provide: BUS_TOKEN, useValue: token },
    ],
    modules: [
      GatewayModule.with({ isProduction, plugins }),
      ...allServices.map(({ module }) => module),
    ],
    controllers: [ProgressHandler, AllParkingHandler, RemoteController],
  });
};
