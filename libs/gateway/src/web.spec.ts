import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { platformRejections } from '#lumbung/contracts';
import { guardBrowsers, partWhenStopping, refuseForeign, servePage } from './web.js';

@Module({})
class Nothing {}

let app: NestFastifyApplication;
const server = () => app.getHttpAdapter().getInstance();

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: string };

/** Asks as any program may, under whichever name. */
const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const { port } = new URL(await app.getUrl());
  const asked = { host: '127.0.0.1', port, path, headers };
  return new Promise((resolve, reject) => {
    request(asked, async (answer) => {
      const { statusCode: status, headers } = answer;
      resolve({ status, headers, body: await text(answer) });
    })
      .on('error', reject)
      .end();
  });
};

beforeEach(async () => {
  const adapter = new FastifyAdapter();
  app = await NestFactory.create<NestFastifyApplication>(Nothing, adapter, { logger: false });
});
afterEach(() => app.close());

describe('a request', () => {
  beforeEach(async () => {
    refuseForeign(app);
    server().get('/graphql', async () => 'served');
    await app.listen(0, '127.0.0.1');
  });

  it.each([
    [{ host: 'localhost:3000' }],
    [{ host: '127.0.0.1:8080' }],
    [{ host: '[::1]:3000' }],
    [{ host: 'localhost' }],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }],
    [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }],
  ])('to this machine, by its own page or by none, is served: %j', async (headers) => {
    expect((await get('/graphql', headers)).body).toBe('served');
  });

  it.each([
    [{ host: 'lumbung.example' }],
    [{ host: 'localhost.example:3000' }],
    [{ host: '10.0.0.5:3000' }],
    [{ host: '0.0.0.0:3000' }],
    [{ host: 'localhost:3000@lumbung.example' }],
    [{ host: 'local host' }],
    [{ host: 'localhost:3000', origin: 'http://lumbung.example' }],
    [{ host: 'localhost:3000', origin: 'http://localhost:4000' }],
    [{ host: 'localhost:3000', origin: 'http://127.0.0.1:3000' }],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000.lumbung.example' }],
    [{ host: 'localhost:3000', origin: 'null' }],
    [{ host: 'localhost:3000', origin: '' }],
  ])('under another name, or sent by another page, is refused: %j', async (headers) => {
    const { status, body } = await get('/graphql', headers);
    expect(status).toBe(403);
    expect(JSON.parse(body)).toEqual({
      errors: [
        { message: platformRejections.FOREIGN_ORIGIN, extensions: { code: 'FOREIGN_ORIGIN' } },
      ],
    });
  });

  it('is refused before anything else is looked at, wherever it goes', async () => {
    for (const url of ['/graphql', '/health/live', '/bus', '/koperasi/35.06.17.1009']) {
      expect((await get(url, { host: 'lumbung.example' })).status).toBe(403);
    }
  });
});

describe('a server that stops', () => {
  it('answers whom it let in, and tells him to come no more by that connection', async () => {
    partWhenStopping(app);
    let answer: (text: string) => void = () => undefined;
    const stopping = new Promise<void>((resolve) => {
      server().addHook('preClose', async () => resolve());
    });
    const arrived = new Promise<void>((resolve) => {
      server().get('/slow', () => {
        resolve();
        return new Promise<string>((done) => {
          answer = done;
        });
      });
    });
    server().get('/', async () => 'served');
    await app.listen(0, '127.0.0.1');
    expect((await get('/')).headers.connection).not.toBe('close');
    const asked = get('/slow');
    await arrived;
    const closed = server().close();
    await stopping;
    answer('served');
    const answered = await asked;
    expect([answered.body, answered.headers.connection]).toEqual(['served', 'close']);
    await closed;
  });
});

it('a page that was not built is not served', () => {
  expect(servePage(app, { folder: '/nowhere/at/all', isProduction: true })).toBe(false);
});

it('a browser is told to run nothing from elsewhere, and to frame nothing', async () => {
  await guardBrowsers(app);
  server().get('/graphql', async () => 'served');
  await app.listen(0, '127.0.0.1');
  const { headers } = await get('/graphql');
  const policy = headers['content-security-policy'] as string;
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'SAMEORIGIN',
  });
  expect(headers).not.toHaveProperty('strict-transport-security');
});
