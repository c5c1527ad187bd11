import { timingSafeEqual } from 'node:crypto';
import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { Bus } from '../bus.js';
import { toWire } from '../failure/failure.js';
import { BUS_PATH, TOKEN_HEADER } from './remote.js';

/** The token that commands on this machine show, from the data folder's lock file. */
export const BUS_TOKEN = Symbol('BUS_TOKEN');

const isSame = (shown: string, token: string): boolean => {
  const [one, other] = [Buffer.from(shown), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** Takes calls of faces from commands on this machine that can read the lock file. */
@Controller(BUS_PATH)
export class RemoteController {
  constructor(
    private readonly bus: Bus,
    @Inject(BUS_TOKEN) private readonly token: string,
  ) {}

  @Post()
  @HttpCode(200)
  async send(
    @Headers(TOKEN_HEADER) shown: string | undefined,
    @Body() body: { pattern?: unknown; payload?: unknown } | undefined,
  ) {
    if (!isSame(shown ?? '', this.token)) throw new UnauthorizedException();
    const { pattern, payload } = body ?? {};
    try {
      return { answer: await this.bus.send(String(pattern), payload) };
    } catch (error) {
      return { failure: toWire(error) };
    }
  }
}
