import type { DynamicModule } from '@nestjs/common';
import { GatewayModule } from '#lumbung/gateway';
import { ProcessModule } from '#lumbung/hosting';
import { ALL_READERS, ProgressHandler, type Readers } from '#lumbung/runtime';
import type { Telemetry } from '#lumbung/telemetry';
import { BUS_TOKEN, type Bus, RemoteController } from '#lumbung/transport';

type Parts = {
  bus: Bus;
  readers: readonly Readers[];
  token: string;
  telemetry: Telemetry | undefined;
  isProduction: boolean;
};

/** GraphQL, the page, and waiting for all services together. */
export const appModule = (parts: Parts): DynamicModule => {
  const { bus, readers, token, telemetry, isProduction } = parts;
  const plugins = telemetry && [telemetry.requests.plugin];
  return ProcessModule.of({
    bus,
    provides: [
      { provide: ALL_READERS, useValue: readers },
      { provide: BUS_TOKEN, useValue: token },
    ],
    modules: [GatewayModule.with({ isProduction, plugins })],
    controllers: [ProgressHandler, RemoteController],
  });
};
