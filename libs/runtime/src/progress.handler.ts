import { Inject } from '@nestjs/common';
import {
  type AskPlatform,
  type AskProgress,
  type PlatformInfo,
  type Progress,
  ProgressApi,
  platformRejections,
  type RebuildProjection,
  type Rebuilt,
  RegionApi,
  type WaitFor,
} from '#lumbung/contracts';
import { type Ask, type Caller, type RegencyCode, refuse } from '#lumbung/kernel';
import { Face, Permission, regencyWide } from '#lumbung/transport';
import { nodePlatform } from './node.platform.js';
import { type Readers, together, waitForAll } from './waiting.js';

/** The readers of all processes that serve a regency together. */
export const ALL_READERS = Symbol('ALL_READERS');

@Face(ProgressApi)
export class ProgressHandler implements ProgressApi {
  private regencyName: string | undefined;

  constructor(
    @Inject(ALL_READERS) private readonly readers: readonly Readers[],
    private readonly regions: RegionApi,
  ) {}

  @Permission('platform.read', 'anywhere')
  wait({ query: { position } }: Ask<typeof WaitFor>): Promise<boolean> {
    return waitForAll(this.readers, BigInt(position), nodePlatform.timers);
  }

  @Permission('platform.read', 'anywhere')
  async progress(_: Ask<typeof AskProgress>): Promise<Progress> {
    return together(await Promise.all(this.readers.map((one) => one.progress())));
  }

  @Permission('platform.read', 'anywhere')
  async platform(ask: Ask<typeof AskPlatform>): Promise<PlatformInfo> {
    const [first] = this.readers;
    if (!first) throw new TypeError('nobody reads here');
    const { regency, zone, simulated, businessDate } = await first.about();
    this.regencyName ??= await this.nameOf(regency as RegencyCode, ask.caller);
    const { caughtUp } = await this.progress(ask);
    const { regencyName } = this;
    return { regency, regencyName, businessDate, zone, demo: simulated, caughtUp };
  }

  private async nameOf(regency: RegencyCode, caller: Caller): Promise<string> {
    const [place] = await this.regions.places({ query: { regency }, caller });
    return place?.regency ?? regency;
  }

  @Permission('platform.rebuild', regencyWide)
  async rebuild(ask: Ask<typeof RebuildProjection>): Promise<Rebuilt[]> {
    const { projection } = ask.query;
    const asked = this.readers.map((one) => one.rebuild(projection, ask.caller));
    const rebuilt = await Promise.all(asked);
    const all = rebuilt.flat();
    const isKnown = projection === undefined || all.length > 0;
    if (!isKnown) throw refuse(platformRejections, 'PROJECTION_UNKNOWN');
    return all;
  }
}
