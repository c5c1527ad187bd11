import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  ServiceUnavailableException,
  UseFilters,
} from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ProgressApi, platformRejections } from '#lumbung/contracts';
import { type Caller, Unavailable, type UserName } from '#lumbung/kernel';

const caller: Caller = { user: 'system:health' as UserName, role: 'system', correlationId: '' };

type Reply = { status(code: number): { send(body: unknown): unknown } };

// Whoever asks each second is told the reason; to a log it is no failure.
@Catch(ServiceUnavailableException)
class NotReady implements ExceptionFilter {
  catch(error: ServiceUnavailableException, host: ArgumentsHost) {
    host.switchToHttp().getResponse<Reply>().status(error.getStatus()).send(error.getResponse());
  }
}

/** For whoever starts and watches the process; ready means that every reading is up to date. */
@Controller('health')
@UseFilters(NotReady)
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
    try {
      const asked = this.progress.progress({ query: {}, caller });
      const { caughtUp, building, parked, head } = await asked;
      if (caughtUp) return check.up({ head });
      const code = 'NOT_CAUGHT_UP';
      return check.down({ code, reason: platformRejections[code], head, building, parked });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      return check.down({ code: error.code, reason: error.sentence });
    }
  }
}
