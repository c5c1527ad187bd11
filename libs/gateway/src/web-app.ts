import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { guardBrowsers, partWhenStopping, refuseForeign, servePage } from './web.js';

// As it is built, whichever process serves it.
const PAGE = fileURLToPath(new URL('../../../dashboard', import.meta.url));

// A mutation for 500 members is a tenth of it.
const BODY_BYTES = 256 * 1024;
// Within which a request has to have come, whole.
const REQUEST_MS = 30_000;

const LOOPBACK = '127.0.0.1';

export type WebOptions = {
  /** Of HTTP, and of Nest. */
  loggers: { http: Logger; nest: LoggerService };
  /** Where it listens; on the loopback when absent. */
  host?: string | undefined;
  /** By which the log tells requests apart. */
  newRequestId: (request: Pick<IncomingMessage, 'headers'>) => string;
  /** Sees all requests. */
  observer?: { observe(app: NestFastifyApplication): void } | undefined;
  isProduction: boolean;
};

export type Web = {
  /** From here on its faces answer on the bus. */
  open(): Promise<void>;
  /** Serves the page and GraphQL; answers the address on this machine. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
};

/** The web of a process, which is also called over a bus. */
export const createWeb = async (
  module: DynamicModule,
  strategy: CustomTransportStrategy,
  { loggers, host = LOOPBACK, newRequestId, observer, isProduction }: WebOptions,
): Promise<Web> => {
  const app = await NestFactory.create<NestFastifyApplication>(
    module,
    new FastifyAdapter({
      ...{ bodyLimit: BODY_BYTES, requestTimeout: REQUEST_MS },
      ...{ loggerInstance: loggers.http, genReqId: newRequestId },
      childLoggerFactory: (logger, { reqId }, options) => logger.child({ traceId: reqId }, options),
    }),
    { logger: loggers.nest },
  );
  app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  refuseForeign(app);
  await guardBrowsers(app);
  partWhenStopping(app);
  observer?.observe(app);
  servePage(app, { folder: PAGE, isProduction });
  return {
    open: async () => {
      await app.startAllMicroservices();
    },
    listen: async (port) => {
      await app.listen(port, host);
      return `http://${LOOPBACK}:${new URL(await app.getUrl()).port}`;
    },
    close: () => app.close(),
  };
};
