import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { Platform } from '#lumbung/kernel';
import {
  type Expected,
  StoreUnavailable,
  StreamDeleted,
  StreamKept,
  StreamNotFound,
  WrongExpectedRevision,
} from '../port.js';

/** Nothing was heard for so long; whatever was asked for may have happened. */
export class Late extends Error {
  override readonly name = 'Late';
}

/** The connection was given up by this side. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

// Of gRPC: cancelled, deadline exceeded, aborted, internal (a broken connection too), unavailable.
const PASSING = new Set([1, 4, 10, 13, 14]);
const UNAUTHENTICATED = 16;
const INVALID_ARGUMENT = 3;

const codeOf = (error: unknown): number | undefined => (error as { code?: number }).code;

// What the client answers with when it has closed its channel in the meantime, or when the
// server, not the connection, says that it took too long; neither has a code.
const isCodeless = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(Channel has been shut down|Premature close)/.test(error.message) ||
    (error as { type?: string }).type === 'deadline-exceeded');

/** True where the same may go well a moment later. */
export const isPassing = (error: unknown): boolean => {
  if (error instanceof StoreUnavailable) return error.cause !== undefined && isPassing(error.cause);
  if (error instanceof Late || error instanceof Gone || error instanceof NotLeaderError)
    return true;
  return PASSING.has(codeOf(error) ?? -1) || isCodeless(error);
};

const isBug = (error: unknown) =>
  error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;

const actualOf = ({ actualVersion }: WrongExpectedVersionError) =>
  typeof actualVersion === 'bigint' ? Number(actualVersion) : 'none';

/** What was asked for when it failed. */
export type Asked = {
  stream?: string;
  expected?: Expected;
  /** It would have let something go. */
  forgets?: boolean;
};

/** The port's word for what the client threw. */
export const portError = (error: unknown, asked: Asked = {}): unknown => {
  const { stream = '$all', expected = 'any', forgets = false } = asked;
  if (error instanceof StoreUnavailable || isBug(error)) return error;
  if (error instanceof StreamNotFoundError) return new StreamNotFound(stream);
  if (error instanceof StreamDeletedError) return new StreamDeleted(stream);
  if (error instanceof WrongExpectedVersionError) {
    return new WrongExpectedRevision(stream, expected, actualOf(error));
  }
  if (error instanceof MaxAppendSizeExceededError) {
    return new TypeError(`an append has at most ${error.maxAppendSize} bytes`);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (codeOf(error) === INVALID_ARGUMENT) return new TypeError(message, { cause: error });
  if (error instanceof AccessDeniedError && codeOf(error) !== UNAUTHENTICATED && forgets) {
    return new StreamKept(stream);
  }
  return new StoreUnavailable(`the event store does not answer: ${message}`, { cause: error });
};

/** Runs out once, unless it is ended before. */
export class Patience {
  private readonly ending = new AbortController();
  private readonly out: Promise<never>;
  /** Aborts when it has run out or was ended. */
  readonly signal = this.ending.signal;
  isOut = false;

  constructor(timers: Platform['timers'], ms: number) {
    this.out = timers.sleep(ms, this.signal).then(() => {
      this.isOut = !this.signal.aborted;
      this.ending.abort();
      throw new Late(`nothing was heard within ${ms} ms`);
    });
    this.out.catch(() => undefined);
  }

  /** What comes of it, or `Late`. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.out]);
  }

  end(): void {
    this.ending.abort();
  }
}
