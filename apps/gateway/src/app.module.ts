import type { DynamicModule } from '@nestjs/common';
import { GatewayModule } from '#lumbung/gateway';
import { ProcessModule } from '#lumbung/hosting';
import { ALL_READERS, ProgressHandler, type Readers } from '#lumbung/runtime';
import { BUS_TOKEN, type Bus, RemoteController } from '#lumbung/transport';

type Parts = { bus: Bus; readers: readonly Readers[]; token: string; isProduction: boolean };

/** GraphQL, the page, and waiting for all services together. */
export const appModule = ({ bus, readers, token, isProduction }: Parts): DynamicModule =>
  ProcessModule.of({
    bus,
    provides: [
      { provide: ALL_READERS, useValue: readers },
      { provide: BUS_TOKEN, useValue: token },
    ],
    modules: [GatewayModule.with({ isProduction })],
    controllers: [ProgressHandler, RemoteController],
  });
