import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type Level = 'silent' | 'error' | 'warn' | 'info' | 'debug';

type Traced = { readonly traceId: string | undefined };

// Together with the trace that they belong to, where it is told of.
const traceIn = (traced: Traced) => () => {
  const { traceId } = traced;
  return traceId === undefined ? {} : { traceId };
};

/** Structured lines on standard error. Whoever logs gives names and codes, never what was sent. */
export const structuredLog = (level: Level, traced?: Traced): Logger =>
  pino(
    {
      ...{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      ...(traced && { mixin: traceIn(traced) }),
    },
    pino.destination(2),
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
