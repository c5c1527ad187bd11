import { Context as Ctx, Query, Resolver } from '@nestjs/graphql';
import { AskPlatform, ProgressApi } from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { ask, type Context } from '../caller.js';

@Resolver()
export class PlatformResolver {
  constructor(private readonly progress: ProgressApi) {}

  @Permission('platform.read')
  @Query()
  platform(@Ctx() context: Context) {
    return this.progress.platform(ask(AskPlatform, {}, context));
  }
}
