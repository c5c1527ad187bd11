import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { platformRejections } from '#lumbung/contracts';

const OWN_HOST = '127.0.0.1';
const LOOPBACK = new Set([OWN_HOST, 'localhost', '[::1]']);

const hostOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).host : undefined;

const isOwn = (host: string | undefined, origin: string | undefined): boolean => {
  const named = hostOf(`http://${host}`);
  if (named === undefined || !LOOPBACK.has(new URL(`http://${named}`).hostname)) return false;
  return origin === undefined || hostOf(origin) === named;
};

/**
 * Refuses requests under another name than this machine's, or sent by another page: whoever
 * lures a browser here must not act as its user.
 */
export const refuseForeign = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async ({ headers }, reply) => {
      if (isOwn(headers.host, headers.origin)) return;
      const code = 'FOREIGN_ORIGIN';
      const errors = [{ message: platformRejections[code], extensions: { code } }];
      await reply.code(403).send({ errors });
    });
};

/**
 * Tells browsers to run nothing but what comes from here, and to show it in no other's frame.
 * Whoever serves it by TLS says so there; on the loopback there is none.
 */
export const guardBrowsers = async (app: NestFastifyApplication): Promise<void> => {
  await app.register(helmet as never, {
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...{ defaultSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'self'"] },
        ...{ frameAncestors: ["'none'"], formAction: ["'self'"] },
        // GraphiQL's editor brings styles, fonts and workers of its own.
        styleSrc: ["'self'", "'unsafe-inline'"],
        ...{ imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'] },
        workerSrc: ["'self'", 'blob:'],
      },
    },
  });
};

/**
 * Once the server is stopping, whoever still gets an answer is told to come no more by that
 * connection; otherwise a browser's idle connection would hold the process for ten seconds.
 */
export const partWhenStopping = (app: NestFastifyApplication): void => {
  let isStopping = false;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preClose', async () => {
      isStopping = true;
    })
    .addHook('onSend', async (_, reply) => {
      if (isStopping) reply.header('connection', 'close');
    });
};

type Page = { folder: string; isProduction: boolean };
type Request = { method: string; url: string; headers: { accept?: string } };
type Reply = { sendFile: (name: string) => unknown };

const isBrowsing = ({ method, url, headers: { accept } }: Request) =>
  method === 'GET' && url === '/graphql' && accept?.includes('text/html') === true;

/**
 * Serves the built page; its own addresses all begin with the same document. In development
 * whoever opens /graphql in a browser gets GraphiQL.
 */
export const servePage = (app: NestFastifyApplication, { folder, isProduction }: Page): boolean => {
  if (!existsSync(folder)) return false;
  const allowedPath = (path: string) => !isProduction || !path.includes('graphiql');
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, not a hook of React
  app.useStaticAssets({ root: folder, wildcard: false, allowedPath });
  const server = app.getHttpAdapter().getInstance();
  server.get('/koperasi/*', ((_: Request, reply: Reply) => reply.sendFile('index.html')) as never);
  if (isProduction) return true;
  server.addHook('onRequest', async (request, reply) => {
    if (isBrowsing(request)) return (reply as unknown as Reply).sendFile('graphiql.html');
  });
  return true;
};

// As it is built, whichever process serves it.
const PAGE = fileURLToPath(new URL('../../../dashboard', import.meta.url));

// A mutation for 500 members is a tenth of it.
const BODY_BYTES = 256 * 1024;
// Within which a request has to have come, whole.
const REQUEST_MS = 30_000;

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
  { loggers, host = OWN_HOST, newRequestId, observer, isProduction }: WebOptions,
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
      return `http://${OWN_HOST}:${new URL(await app.getUrl()).port}`;
    },
    close: () => app.close(),
  };
};
