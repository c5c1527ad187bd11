import { type LoggerService, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TerminusModule } from '@nestjs/terminus';
import { type Progress, ProgressApi, platformRejections } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';
import { FailureFilter } from '#lumbung/transport';
import { HealthController } from './health.js';

let told: () => Partial<Progress>;
const progress = { progress: async () => told() };

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [
    { provide: ProgressApi, useValue: progress },
    { provide: APP_FILTER, useClass: FailureFilter },
  ],
})
class Watched {}

describe('a process that is watched', () => {
  const logged: unknown[] = [];
  const note = (message: unknown) => logged.push(message);
  const logger: LoggerService = { log: () => undefined, error: note, warn: note, fatal: note };
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(Watched, new FastifyAdapter(), {
      logger,
    });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  const ask = async (path: string) => {
    const answer = await fetch(`${await app.getUrl()}/health/${path}`);
    const body = (await answer.json()) as { error: { projections: object } };
    return { status: answer.status, body };
  };

  it('is ready when every reading is up to date', async () => {
    told = () => ({ caughtUp: true, head: '42' });
    expect(await ask('ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('says by a code why it is not, and what it waits for', async () => {
    told = () => ({ caughtUp: false, head: '42', building: ['members'], parked: {} });
    const { status, body } = await ask('ready');
    expect(status).toBe(503);
    expect(body.error.projections).toEqual({
      ...{ status: 'down', code: 'NOT_CAUGHT_UP', reason: platformRejections.NOT_CAUGHT_UP },
      ...{ head: '42', building: ['members'], parked: {} },
    });
  });

  it('says who cannot be asked, lives all the same, and logs nothing', async () => {
    const code = 'SERVICE_UNAVAILABLE';
    told = () => {
      throw new Unavailable(code, platformRejections[code]);
    };
    const { status, body } = await ask('ready');
    expect(status).toBe(503);
    expect(body.error.projections).toMatchObject({ code, reason: platformRejections[code] });
    expect(await ask('live')).toMatchObject({ status: 200 });
    expect(logged).toEqual([]);
  });
});
