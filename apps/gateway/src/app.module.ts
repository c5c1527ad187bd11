import type { DynamicModule } from '@nestjs/common';
import type { ParkingApi } from '#lumbung/contracts';
import { GatewayModule } from '#lumbung/gateway';
import { ProcessModule } from '#lumbung/hosting';
import {
  ALL_PARKINGS,
  ALL_READERS,
  AllParkingHandler,
  ProgressHandler,
  type Readers,
} from '#lumbung/runtime';
import type { Telemetry } from '#lumbung/telemetry';
import { BUS_TOKEN, type Bus, RemoteController } from '#lumbung/transport';

type Parts = {
  bus: Bus;
  regency: string;
  readers: readonly Readers[];
  parkings: () => ParkingApi[];
  token: string;
  telemetry: Telemetry | undefined;
  isProduction: boolean;
};

/** GraphQL, the page, and waiting for all services together. */
export const appModule = (parts: Parts): DynamicModule => {
  const { bus, regency, readers, parkings, token, telemetry, isProduction } = parts;
  const plugins = telemetry && [telemetry.requests.plugin];
  return ProcessModule.of({
    ...{ bus, regency },
    provides: [
      { provide: ALL_READERS, useValue: readers },
      { provide: ALL_PARKINGS, useValue: parkings },
      { provide: BUS_TOKEN, useValue: token },
    ],
    modules: [GatewayModule.with({ isProduction, plugins })],
    controllers: [ProgressHandler, AllParkingHandler, RemoteController],
  });
};
