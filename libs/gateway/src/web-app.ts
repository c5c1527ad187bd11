import { fileURLToPath } from 'node:url';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { partWhenStopping, refuseForeign, servePage } from './web.js';

// As it is built, whichever process serves it.
const PAGE = fileURLToPath(new URL('../../../dashboard', import.meta.url));

export type WebOptions = {
  /** Of HTTP, and of Nest. */
  loggers: { http: Logger; nest: LoggerService };
  /** By which the log tells requests apart. */
  newRequestId: () => string;
  isProduction: boolean;
};

export type Web = {
  /** From here on its faces answer on the bus. */
  open(): Promise<void>;
  /** Serves the page and GraphQL on the loopback; answers the address. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
};

/** The web of a process, which is also called over a bus. */
export const createWeb = async (
  module: DynamicModule,
  strategy: CustomTransportStrategy,
  { loggers, newRequestId, isProduction }: WebOptions,
): Promise<Web> => {
  const app = await NestFactory.create<NestFastifyApplication>(
    module,
    new FastifyAdapter({ loggerInstance: loggers.http, genReqId: newRequestId }),
    { logger: loggers.nest },
  );
  app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  refuseForeign(app);
  partWhenStopping(app);
  servePage(app, { folder: PAGE, isProduction });
  return {
    open: async () => {
      await app.startAllMicroservices();
    },
    listen: async (port) => {
      await app.listen(port, '127.0.0.1');
      return (await app.getUrl()).replace('[::1]', '127.0.0.1');
    },
    close: () => app.close(),
  };
};
