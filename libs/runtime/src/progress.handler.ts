import {
  type AskPlatform,
  type AskProgress,
  type PlatformInfo,
  type Progress,
  ProgressApi,
  type RebuildProjection,
  type Rebuilt,
  RegionApi,
  type WaitFor,
} from '#lumbung/contracts';
import { type Ask, businessDate, type Caller, type RegencyCode } from '#lumbung/kernel';
import { Face, Permission } from '#lumbung/transport';
import { Engine } from './engine.js';

@Face(ProgressApi)
export class ProgressHandler implements ProgressApi {
  private regencyName: string | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly regions: RegionApi,
  ) {}

  @Permission('platform.read')
  wait({ query: { position } }: Ask<typeof WaitFor>): Promise<boolean> {
    return this.engine.progress.wait(BigInt(position));
  }

  @Permission('platform.read')
  progress(_: Ask<typeof AskProgress>): Promise<Progress> {
    return this.engine.progress.progress();
  }

  @Permission('platform.read')
  async platform({ caller }: Ask<typeof AskPlatform>): Promise<PlatformInfo> {
    const { regency, zone, simulated } = this.engine.commands.deployment;
    this.regencyName ??= await this.nameOf(regency as RegencyCode, caller);
    const { caughtUp } = await this.engine.progress.progress();
    const today = businessDate(this.engine.now, zone);
    const { regencyName } = this;
    return { regency, regencyName, businessDate: today, zone, demo: simulated, caughtUp };
  }

  private async nameOf(regency: RegencyCode, caller: Caller): Promise<string> {
    const [place] = await this.regions.places({ query: { regency }, caller });
    return place?.regency ?? regency;
  }

  @Permission('platform.rebuild')
  rebuild({ query: { projection } }: Ask<typeof RebuildProjection>): Promise<Rebuilt[]> {
    return this.engine.projections.rebuild(projection);
  }
}
