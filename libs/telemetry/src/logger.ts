import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

export type Level = 'silent' | 'error' | 'warn' | 'info' | 'debug';

type Traced = { readonly traceId: string | undefined };

// A request's lines say it anyway.
const traceIn =
  (traced: Traced | undefined) =>
  (_: object, __: number, logger: Logger): object => {
    const traceId = traced?.traceId;
    return traceId === undefined || 'traceId' in logger.bindings() ? {} : { traceId };
  };

/**
 * Structured lines on standard error. Whoever logs gives names and codes, never what was sent;
 * a line says the trace that it belongs to, where it belongs to one.
 */
export const structuredLog = (
  level: Level,
  traced?: Traced,
  destination: DestinationStream = pino.destination(2),
): Logger =>
  pino(
    {
      ...{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: traceIn(traced) },
      serializers: { traceId: (id: string) => id.replaceAll('-', '') },
    },
    destination,
  );

const contextOf = (parameters: unknown[]) => ({ context: String(parameters.at(-1) ?? '') });

/** Lets Nest write through the same log. */
export const nestLogger = (log: Logger): LoggerService => ({
  log: (message, ...rest) => log.info(contextOf(rest), String(message)),
  error: (message, ...rest) => log.error(contextOf(rest), String(message)),
  warn: (message, ...rest) => log.warn(contextOf(rest), String(message)),
  debug: (message, ...rest) => log.debug(contextOf(rest), String(message)),
  verbose: (message, ...rest) => log.trace(contextOf(rest), String(message)),
  fatal: (message, ...rest) => log.fatal(contextOf(rest), String(message)),
});
