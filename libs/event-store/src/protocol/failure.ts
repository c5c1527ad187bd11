import {
  type Expected,
  StoreUnavailable,
  StreamDeleted,
  StreamKept,
  WrongExpectedRevision,
} from '../port.js';
import { Malformed } from './wire/protobuf.js';
import { type Refusal, refusalDetails } from './wire/responses.js';

/** The codes of gRPC that are answered here. */
export const STATUS = {
  ok: 0,
  invalidArgument: 3,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** How a call ends badly. */
export type Failure = { code: number; message: string; trailers?: Record<string, string> };

/** All events of an append together have more bytes than the server takes. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(readonly most: number) {
    super(`an append has at most ${most} bytes`);
  }
}

const EXPECTED_NUMBER = { none: -1, any: -2, exists: -4 };

// Headers are ASCII.
const header = (value: string) =>
  /^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(Buffer.from(value).toString());

const numbered = (expected: Expected) =>
  String(typeof expected === 'number' ? expected : EXPECTED_NUMBER[expected]);

const wrongExpected = ({ stream, expected, actual }: WrongExpectedRevision) => ({
  exception: 'wrong-expected-version',
  'stream-name': header(stream),
  'expected-version': numbered(expected),
  ...(actual !== 'none' && { 'actual-version': String(actual) }),
});

/** What the official clients make the same errors of as with any other server. */
export const failureOf = (error: unknown): Failure => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof WrongExpectedRevision) {
    return { code: STATUS.failedPrecondition, message, trailers: wrongExpected(error) };
  }
  if (error instanceof StreamDeleted) {
    const trailers = { exception: 'stream-deleted', 'stream-name': header(error.stream) };
    return { code: STATUS.failedPrecondition, message, trailers };
  }
  if (error instanceof StreamKept) {
    return { code: STATUS.permissionDenied, message, trailers: { exception: 'access-denied' } };
  }
  if (error instanceof AppendTooLarge) {
    const trailers = {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(error.most),
    };
    return { code: STATUS.invalidArgument, message, trailers };
  }
  if (error instanceof StoreUnavailable) return { code: STATUS.unavailable, message };
  // The store refuses with a TypeError what no store takes.
  const isTheirs = error instanceof Malformed || error instanceof TypeError;
  return { code: isTheirs ? STATUS.invalidArgument : STATUS.internal, message };
};

/** The same for one append of many; undefined for what ends them all. */
export const refusalOf = (error: unknown): Refusal | undefined => {
  const { code, message } = failureOf(error);
  const refusal = (type: string, write: Refusal['write']) => ({ code, message, type, write });
  if (error instanceof WrongExpectedRevision) {
    return refusal('WrongExpectedVersion', (writer) => refusalDetails.wrongExpected(writer, error));
  }
  if (error instanceof StreamDeleted) {
    return refusal('StreamDeleted', (writer) => refusalDetails.streamDeleted(writer, error.stream));
  }
  if (error instanceof StreamKept) return refusal('AccessDenied', () => undefined);
  if (error instanceof AppendTooLarge) {
    return refusal('MaximumAppendSizeExceeded', (writer) =>
      refusalDetails.tooLarge(writer, error.most),
    );
  }
  if (code === STATUS.unavailable) return;
  if (code === STATUS.internal) return refusal('Unknown', () => undefined);
  return refusal('BadRequest', (writer) => refusalDetails.badRequest(writer, message));
};
