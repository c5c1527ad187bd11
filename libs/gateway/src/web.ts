import { existsSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { platformRejections } from '#lumbung/contracts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

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

/** Serves the built page; its own addresses all begin with the same document. */
export const servePage = (app: NestFastifyApplication, folder: string): boolean => {
  if (!existsSync(folder)) return false;
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, not a hook of React
  app.useStaticAssets({ root: folder, wildcard: false });
  const page = (_: unknown, reply: { sendFile: (name: string) => unknown }) =>
    reply.sendFile('index.html');
  app
    .getHttpAdapter()
    .getInstance()
    .get('/koperasi/*', page as never);
  return true;
};
