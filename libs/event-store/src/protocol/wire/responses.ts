import type { Expected, Stored, WrongExpectedRevision } from '../../port.js';
import { dataToWire, isJson, metadataToWire } from './payload.js';
import type { Writer } from './writer.js';

/** How a client wants to see ids. */
export type Ids = 'text' | 'structured';

const writeId = (writer: Writer, field: number, id: string, ids: Ids): void => {
  const start = writer.open(field);
  if (ids === 'text') writer.text(2, id);
  else {
    const digits = id.replaceAll('-', '');
    writer.nested(1, () => {
      writer.bigint(1, BigInt(`0x${digits.slice(0, 16)}`));
      writer.bigint(2, BigInt(`0x${digits.slice(16)}`));
    });
  }
  writer.close(start);
};

const writeStream = (writer: Writer, field: number, stream: string): void => {
  const start = writer.open(field);
  writer.text(3, stream);
  writer.close(start);
};

/** Commit and prepare position, which are the same: there are no transactions over several. */
const writePosition = (writer: Writer, field: number, position: bigint): void => {
  const start = writer.open(field);
  writer.bigint(1, position);
  writer.bigint(2, position);
  writer.close(start);
};

const writeAbout = (writer: Writer, key: string, value: string): void => {
  const start = writer.open(6);
  writer.text(1, key);
  writer.text(2, value);
  writer.close(start);
};

const writeRecorded = (writer: Writer, event: Stored, ids: Ids): void => {
  const { position } = event;
  writeId(writer, 1, event.id, ids);
  writeStream(writer, 2, event.stream);
  writer.number(3, event.revision);
  writer.bigint(4, position);
  writer.bigint(5, position);
  writeAbout(writer, 'type', event.type);
  // Counted in 100 ns.
  writeAbout(writer, 'created', `${event.created}0000`);
  const contentType = isJson(event) ? 'application/json' : 'application/octet-stream';
  writeAbout(writer, 'content-type', contentType);
  writer.payload(7, metadataToWire(event));
  writer.payload(8, dataToWire(event));
};

/** A message of its own: an event that was read. */
export const writeEvent = (writer: Writer, event: Stored, ids: Ids): void => {
  const frame = writer.openFrame();
  const response = writer.open(1);
  const recorded = writer.open(1);
  writeRecorded(writer, event, ids);
  writer.close(recorded);
  writer.bigint(3, event.position);
  writer.close(response);
  writer.closeFrame(frame);
};

/** A message of its own, of what `write` writes. */
export const writeMessage = (writer: Writer, write: (writer: Writer) => void): void => {
  const frame = writer.openFrame();
  write(writer);
  writer.closeFrame(frame);
};

/** The rest of what a read answers. */
export const answers = {
  confirmed: (writer: Writer, subscription: string) =>
    writer.nested(2, () => writer.text(1, subscription)),
  checkpoint: (writer: Writer, position: bigint) => writePosition(writer, 3, position),
  streamNotFound: (writer: Writer, stream: string) =>
    writer.nested(4, () => writeStream(writer, 1, stream)),
  caughtUp: (writer: Writer) => writer.empty(8),
  fellBehind: (writer: Writer) => writer.empty(9),
};

/** Undefined where nothing was appended. */
export type Result = { revision: number | 'none'; position: bigint | undefined };

const writeRevision = (
  writer: Writer,
  [there, none]: [number, number],
  revision: Result['revision'],
) => (revision === 'none' ? writer.empty(none) : writer.number(there, revision));

type ExpectedFields = Record<'revision' | Exclude<Expected, number>, number>;

const writeExpected = (writer: Writer, fields: ExpectedFields, expected: Expected): void => {
  if (typeof expected === 'number') writer.number(fields.revision, expected);
  else writer.empty(fields[expected]);
};

const writeResult = (writer: Writer, field: number, { revision, position }: Result): void => {
  const start = writer.open(field);
  writeRevision(writer, [1, 2], revision);
  if (position === undefined) writer.empty(4);
  else writePosition(writer, 3, position);
  writer.close(start);
};

export const writeAppended = (writer: Writer, result: Result): void =>
  writeResult(writer, 1, result);

const APPEND_EXPECTED = { revision: 8, any: 9, exists: 10, none: 11 };

export const writeWrongExpected = (writer: Writer, refusal: WrongExpectedRevision): void =>
  writer.nested(2, () => {
    writeRevision(writer, [6, 7], refusal.actual);
    writeExpected(writer, APPEND_EXPECTED, refusal.expected);
  });

/** Delete and Tombstone. */
export const writeDeleted = (writer: Writer, position: bigint): void =>
  writePosition(writer, 1, position);

/** Why an append of many was refused: a status of google.rpc, whose details have a type. */
export type Refusal = {
  code: number;
  message: string;
  type: string;
  write: (writer: Writer) => void;
};

const SHARED_EXPECTED = { revision: 3, any: 4, exists: 5, none: 6 };

export const refusalDetails = {
  wrongExpected: (writer: Writer, { actual, expected }: WrongExpectedRevision) => {
    writeRevision(writer, [1, 2], actual);
    writeExpected(writer, SHARED_EXPECTED, expected);
  },
  streamDeleted: (writer: Writer, stream: string) => writeStream(writer, 1, stream),
  tooLarge: (writer: Writer, most: number) => writer.number(1, most),
  badRequest: (writer: Writer, message: string) => writer.text(1, message),
};

const writeRefusal = (writer: Writer, { code, message, type, write }: Refusal): void =>
  writer.nested(2, () => {
    writer.number(1, code);
    writer.text(2, message);
    writer.nested(3, () => {
      writer.text(1, `type.googleapis.com/event_store.client.${type}`);
      writer.nested(2, () => write(writer));
    });
  });

const BATCH_EXPECTED = { revision: 5, none: 6, any: 7, exists: 8 };

export const writeBatchAnswer = (
  writer: Writer,
  { correlation, stream, expected }: { correlation: string; stream: string; expected: Expected },
  outcome: Result | Refusal,
): void => {
  writeId(writer, 1, correlation, 'text');
  if ('code' in outcome) writeRefusal(writer, outcome);
  else writeResult(writer, 3, outcome);
  writeStream(writer, 4, stream);
  writeExpected(writer, BATCH_EXPECTED, expected);
};

const LEADER = 8;

/** The members of a cluster of one. */
export const writeMembers = (writer: Writer, id: string, address: string, port: number): void =>
  writer.nested(1, () => {
    writeId(writer, 1, id, 'text');
    writer.number(2, 0);
    writer.number(3, LEADER);
    writer.number(4, 1);
    writer.nested(5, () => {
      writer.text(1, address);
      writer.number(2, port);
    });
  });

export const writeMethods = (
  writer: Writer,
  methods: readonly (readonly [service: string, method: string])[],
  version: string,
): void => {
  for (const [service, method] of methods) {
    writer.nested(1, () => {
      writer.text(1, method);
      writer.text(2, service);
    });
  }
  writer.text(2, version);
};
