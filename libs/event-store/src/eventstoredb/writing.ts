import type { AppendExpectedRevision, EventData } from '@eventstore/db-client';
import {
  type Appended,
  type Expected,
  StoreUnavailable,
  StreamDeleted,
  StreamNotFound,
  type Write,
  WrongExpectedRevision,
} from '../port.js';
import type { Connection } from './connection.js';
import { toClient } from './event.js';
import { portError } from './failure.js';
import { headOf, readStream } from './reading.js';

// A server ends the appends of all who wait when one of them sends it more than it takes at once.
const APPEND_BYTES_MAX = 16 << 20;

const sizeOf = ({ data }: EventData) =>
  data instanceof Uint8Array ? data.length : Buffer.byteLength(JSON.stringify(data));

const checkSize = (events: readonly EventData[]): void => {
  let bytes = 0;
  for (const event of events) bytes += sizeOf(event);
  if (bytes <= APPEND_BYTES_MAX) return;
  throw new TypeError(`an append has at most ${APPEND_BYTES_MAX} bytes, not ${bytes}`);
};

const WORDS = { none: 'no_stream', exists: 'stream_exists', any: 'any' } as const;

const clientExpected = (expected: Expected): AppendExpectedRevision =>
  typeof expected === 'number' ? BigInt(expected) : WORDS[expected];

const positionOf = async (connection: Connection, stream: string, revision: number) => {
  for await (const [event] of readStream(connection, stream, { from: revision, limit: 1 })) {
    if (event) return event.position;
  }
  throw new StoreUnavailable(`${stream} was appended to, and the event is not there`);
};

/**
 * Again only where the server knows a retry from another append: at a revision, or at none. It
 * answers the second time as it did the first.
 */
export const appendTo = async (
  connection: Connection,
  { stream, events, expected }: Write,
): Promise<Appended> => {
  const sent = events.map(toClient);
  checkSize(sent);
  const expectedRevision = clientExpected(expected);
  const isRepeatable = expected === 'none' || typeof expected === 'number';
  try {
    const result = await connection.call(
      (client) => client.appendToStream(stream, sent, { expectedRevision }),
      { isRepeatable },
    );
    const revision = Number(result.nextExpectedRevision);
    const position = result.position?.commit ?? (await positionOf(connection, stream, revision));
    return { revision, position };
  } catch (error) {
    throw portError(error, { stream, expected, forgets: stream.startsWith('$$') });
  }
};

export type Forgetting = 'delete' | 'tombstone';

const METHODS = { delete: 'deleteStream', tombstone: 'tombstoneStream' } as const;

const forgetAt = async (
  connection: Connection,
  how: Forgetting,
  stream: string,
  expected: Exclude<Expected, 'exists'>,
): Promise<bigint> => {
  const expectedRevision = typeof expected === 'number' ? BigInt(expected) : WORDS[expected];
  try {
    const { position } = await connection.call(
      (client) => client[METHODS[how]](stream, { expectedRevision }),
      { isRepeatable: false },
    );
    return position?.commit ?? (await headOf(connection)) ?? 0n;
  } catch (error) {
    throw portError(error, { stream, expected, forgets: true });
  }
};

// No stream comes to it, so that whoever expects it is told where the stream is.
const NOWHERE = Number.MAX_SAFE_INTEGER;

/** The last revision, also of a stream that was deleted. */
const lastOf = async (connection: Connection, how: Forgetting, stream: string) => {
  try {
    await forgetAt(connection, how, stream, NOWHERE);
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return error.actual;
    throw error;
  }
  throw new StreamDeleted(stream);
};

const isThere = async (connection: Connection, stream: string): Promise<boolean> => {
  try {
    const last = { direction: 'backwards', limit: 1, mustExist: true } as const;
    for await (const _ of readStream(connection, stream, last)) return true;
    return true;
  } catch (error) {
    if (error instanceof StreamNotFound) return false;
    throw error;
  }
};

const TRIES_MAX = 10;

/** The protocol knows no deletion of what exists: so of what is there at this revision. */
const forgetExisting = async (
  connection: Connection,
  how: Forgetting,
  stream: string,
): Promise<bigint> => {
  for (let tries = 1; ; tries++) {
    const actual = await lastOf(connection, how, stream);
    if (actual === 'none' || !(await isThere(connection, stream))) {
      throw new WrongExpectedRevision(stream, 'exists', actual);
    }
    try {
      return await forgetAt(connection, how, stream, actual);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision) || tries === TRIES_MAX) throw error;
    }
  }
};

/** Answers where the deletion lies. */
export const forget = (
  connection: Connection,
  how: Forgetting,
  stream: string,
  expected: Expected,
): Promise<bigint> =>
  expected === 'exists'
    ? forgetExisting(connection, how, stream)
    : forgetAt(connection, how, stream, expected);
