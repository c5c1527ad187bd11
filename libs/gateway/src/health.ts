import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ProgressApi } from '#lumbung/contracts';
import type { Caller, UserName } from '#lumbung/kernel';

const caller: Caller = { user: 'system:health' as UserName, role: 'system', correlationId: '' };

/** For whoever starts and watches the process; ready means that every reading is up to date. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly progress: ProgressApi,
  ) {}

  @Get('live')
  @HealthCheck()
  live() {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.health.check([() => this.projections()]);
  }

  private async projections() {
    const check = this.indicator.check('projections');
    const { caughtUp, building, parked, head } = await this.progress.progress({
      query: {},
      caller,
    });
    return caughtUp ? check.up({ head }) : check.down({ head, building, parked });
  }
}
