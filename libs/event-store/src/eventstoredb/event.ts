import type { EventData, MetadataType, RecordedEvent } from '@eventstore/db-client';
import type { Metadata } from '#lumbung/kernel';
import { type NewEvent, RawPayload, type Stored } from '../port.js';
import { versionIn, withoutVersion } from '../versions.js';

// Of their own, as the client tells bytes from a value by their class alone.
const plainBytes = ({ bytes }: RawPayload) => new Uint8Array(bytes);

/** The client writes JSON itself, so other bytes of the same value would be lost. */
const jsonOf = (type: string, raw: RawPayload): unknown => {
  const value = raw.value();
  if (JSON.stringify(value) === Buffer.from(raw.bytes).toString()) return value;
  throw new TypeError(`the data of ${type} would not be kept byte for byte`);
};

type Fields = Record<string, unknown>;

/** Our own metadata carry the event's version as their first key. */
const metadataOf = ({ type, metadata, version }: NewEvent): MetadataType => {
  const payload: unknown = metadata;
  if (payload instanceof RawPayload) return plainBytes(payload);
  const fields = payload as Fields;
  if (version === 0 ? versionIn(fields) > 0 : Object.hasOwn(fields, 'version')) {
    throw new TypeError(`the metadata of ${type} have a version beside the event’s own`);
  }
  return version === 0 ? fields : { version, ...fields };
};

/** An event as the client takes it. */
export const toClient = (event: NewEvent): EventData => {
  const { id, type, data } = event;
  const metadata = metadataOf(event);
  if (data instanceof RawPayload && !data.isJson) {
    const contentType = 'application/octet-stream';
    return { id, type, contentType, data: plainBytes(data), metadata };
  }
  const json = data instanceof RawPayload ? jsonOf(type, data) : data;
  return { id, type, contentType: 'application/json', data: json as never, metadata };
};

type Versioned = Pick<Stored, 'version' | 'metadata' | 'rawMetadata'>;

const notOurs = (rawMetadata: RawPayload): Versioned => ({
  ...{ version: 0, rawMetadata },
  metadata: rawMetadata.value() as Metadata,
});

const metadataFrom = (metadata: unknown): Versioned => {
  const isBytes = metadata === undefined || metadata instanceof Uint8Array;
  if (isBytes) return notOurs(new RawPayload(metadata ?? new Uint8Array(0), false));
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return notOurs(new RawPayload(Buffer.from(JSON.stringify(metadata)), true));
  }
  return withoutVersion(metadata as Fields);
};

/** An event as the port gives it; JSON data come as a value, whoever wrote them. */
export const fromClient = (recorded: RecordedEvent): Stored => {
  const { id, streamId, revision, type, data, created, position } = recorded;
  return {
    ...{ id, stream: streamId, revision: Number(revision), position: position?.commit ?? 0n, type },
    ...{ created: created.getTime(), data },
    ...metadataFrom(recorded.metadata),
    ...(!recorded.isJson && { rawData: new RawPayload(data as Uint8Array, false) }),
  };
};
