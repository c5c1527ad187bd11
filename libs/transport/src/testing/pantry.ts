import { setTimeout } from 'node:timers/promises';
import {
  type CanActivate,
  type ExecutionContext,
  type LoggerService,
  Module,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Ask,
  type Call,
  type Caller,
  type CommandId,
  Conflict,
  command,
  face,
  instant,
  Nik,
  PlainDate,
  query,
  Rejection,
  Rupiah,
  Unavailable,
  type UserName,
  uuidOf,
  z,
} from '#lumbung/kernel';
import { Bus } from '../bus.js';
import { currentDeadline } from '../deadline.js';
import { Face } from '../face.decorator.js';
import { FailureFilter } from '../failure/failure.filter.js';
import { InProcessBus } from '../in-process.js';
import { PERMISSION, Permission, type Permitted } from '../permission.decorator.js';
import { BUS_TOKEN, RemoteController } from '../remote/remote.controller.js';

export const StoreRice = command('StoreRice', {
  owner: Nik,
  worth: Rupiah,
  on: PlainDate,
  note: z.string().max(20).optional(),
});
const Echo = query({ value: z.unknown() });
const Nothing = query({});
const Fail = query({ how: z.enum(['rejected', 'unavailable', 'conflict', 'bug', 'text']) });

export abstract class PantryApi {
  static readonly face = face<PantryApi>('test.pantry', {
    store: StoreRice,
    echo: Echo,
    fail: Fail,
    nothing: Nothing,
    forbidden: Nothing,
  });

  abstract store(call: Call<typeof StoreRice>): Promise<{ worth: number; callers: string }>;
  abstract echo(ask: Ask<typeof Echo>): Promise<unknown>;
  abstract fail(ask: Ask<typeof Fail>): Promise<never>;
  abstract nothing(ask: Ask<typeof Nothing>): Promise<void>;
  abstract forbidden(ask: Ask<typeof Nothing>): Promise<void>;
}

export const SECRET = 'the cashier keeps the key under the mat';

const FAILURES = {
  rejected: () => new Rejection('PANTRY_FULL', 'Lumbung penuh.', { room_kg: 0, shelves: ['a'] }),
  unavailable: () => new Unavailable('PANTRY_SHUT', 'Lumbung tutup.'),
  conflict: () => new Conflict(SECRET),
  bug: () => new TypeError(SECRET),
  text: () => SECRET,
};

/** Longer than whoever waits would bear without a sign. */
const SLOWLY_MS = 2_600;

/** What the handler was given, for whoever wants to look at it. */
export const seen: unknown[] = [];

@Face(PantryApi)
export class PantryHandler implements PantryApi {
  private readonly opened = 'by its own door';

  @Permission('pantry.store', 'anywhere')
  async store({ command: { data }, caller }: Call<typeof StoreRice>) {
    return { worth: data.worth, callers: `${caller.user}, ${this.opened}` };
  }

  @Permission('pantry.read', 'anywhere')
  async echo({ query: { value } }: Ask<typeof Echo>) {
    seen.push(value);
    if (value === 'slowly') await setTimeout(SLOWLY_MS);
    if (value === 'time left') return currentDeadline() - performance.now();
    if (value === 'very much') return 'x'.repeat(2_000_000);
    return value === 'time' ? { at: new Date(0), no: undefined, none: -0 } : value;
  }

  @Permission('pantry.read', 'anywhere')
  fail({ query: { how } }: Ask<typeof Fail>): Promise<never> {
    throw FAILURES[how]();
  }

  @Permission('pantry.read', 'anywhere')
  async nothing() {
    seen.length = 0;
  }

  @Permission('pantry.burn', 'anywhere')
  async forbidden() {
    seen.push('forbidden');
  }
}

/** Lets everybody do everything that has a name, but for burning. */
class NamedOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() === 'http') return true;
    const handler = context.getHandler();
    const named = new Reflector().get<Permitted | undefined>(PERMISSION, handler)?.name;
    if (named !== undefined && named !== 'pantry.burn') return true;
    throw new Rejection('NOT_PERMITTED', 'Tidak boleh.', { permission: named ?? '?' });
  }
}

const quiet = () => undefined;

/** A way to call, and the end of it that is called. */
export type Wire = { bus: Bus; server: CustomTransportStrategy };

export const inOneProcess = (): Wire => {
  const bus = new InProcessBus();
  return { bus, server: bus.server };
};

/** A process that holds the pantry, its bus, and what it told its own log. */
export const pantry = async (token = 'a-token', wire = inOneProcess()) => {
  const { bus, server } = wire;
  const told: string[] = [];
  const error = (...message: unknown[]) => told.push(message.join(' '));
  const logger: LoggerService = { log: quiet, warn: quiet, error };

  @Module({
    controllers: [PantryHandler, RemoteController],
    providers: [
      { provide: Bus, useValue: bus },
      { provide: BUS_TOKEN, useValue: token },
      { provide: APP_GUARD, useClass: NamedOnly },
      { provide: APP_FILTER, useClass: FailureFilter },
    ],
  })
  class PantryModule {}

  const app = await NestFactory.create<NestFastifyApplication>(PantryModule, new FastifyAdapter(), {
    logger,
  });
  app.connectMicroservice({ strategy: server }, { inheritAppConfig: true });
  return {
    bus,
    told,
    open: () => app.startAllMicroservices(),
    /** Where others on this machine reach it. */
    listen: async () => {
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
    close: () => app.close(),
  };
};

export const CALLER: Caller = {
  user: 'bendahara' as UserName,
  role: 'pengurus',
  correlationId: 'a-thread',
};

/** A command as a client would send it; an invented NIK, which nobody has. */
export const storing = (data: object = {}) => ({
  command: {
    type: StoreRice.type,
    id: uuidOf('store', 'rice') as CommandId,
    issuedAt: instant('2026-03-02T02:00:00.000Z'),
    data: { owner: '3506990101900001', worth: 5_000, on: '2026-03-02', ...data },
  },
  caller: CALLER,
});

export const asking = (query: object) => ({ query, caller: CALLER });
