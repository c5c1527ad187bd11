import {
  MongoBulkWriteError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

const AUTHENTICATION_FAILED = 18;

/**
 * MongoDB does not answer, or not to these credentials. What was asked for may have happened, and
 * may be asked again. `host` is the address without user and password.
 */
export class ReadStoreUnavailable extends Error {
  override readonly name = 'ReadStoreUnavailable';

  constructor(
    readonly host: string,
    why: string,
    options?: ErrorOptions,
  ) {
    super(`MongoDB at ${host} ${why}`, options);
  }
}

// What breaks a bulk write off, such as a lost connection, comes as one without a code.
const isSilence = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  (error instanceof MongoBulkWriteError && error.code === undefined);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What the driver threw, as `ReadStoreUnavailable` where no server has answered. */
export const portError = (host: string, error: unknown): unknown =>
  isSilence(error)
    ? new ReadStoreUnavailable(host, `does not answer: ${messageOf(error)}`, { cause: error })
    : error;

export const openingError = (host: string, error: unknown): ReadStoreUnavailable => {
  const isRefused = error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED;
  const why = isRefused ? 'refuses this user and password' : `does not answer: ${messageOf(error)}`;
  return new ReadStoreUnavailable(host, why, { cause: error });
};
