import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { throwError } from 'rxjs';
import { isExpected, toWire } from './failure.js';

/** Gives failures of faces their wire form, and logs those that nobody expected. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  private readonly log = new Logger('Failure');

  catch(error: unknown, host: ArgumentsHost) {
    if (host.getType() !== 'rpc') throw error;
    if (!isExpected(error)) this.log.error(error instanceof Error ? error.stack : 'not an Error');
    return throwError(() => toWire(error));
  }
}
