import { type Metadata, whyNotJson } from '#lumbung/kernel';
import { type NewEvent, RawPayload, type Stored } from '../../port.js';
import { withoutVersion } from '../../versions.js';
import { Malformed } from './protobuf.js';

/** An event as a client writes it: two payloads in bytes, of which the first may be JSON. */
export type Proposed = {
  id: string;
  type: string;
  isJson: boolean;
  data: Uint8Array;
  metadata: Uint8Array;
};

// A copy, as the bytes that came are a part of all that came with them.
const raw = (bytes: Uint8Array, isJson: boolean) => new RawPayload(new Uint8Array(bytes), isJson);

type Parsed = { value: unknown; text: string } | undefined;

const parsed = (bytes: Uint8Array): Parsed => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  try {
    return { value: JSON.parse(text), text };
  } catch {
    // Not JSON; the caller knows what that means.
  }
};

/** What is no text comes out of a string as other bytes, always with this character. */
const isText = (text: string, bytes: Uint8Array): boolean =>
  !text.includes('\ufffd') || Buffer.from(text).equals(bytes);

/** True where the value alone says what was written, to the byte. */
const saysAll = ({ value, text }: NonNullable<Parsed>, bytes: Uint8Array): boolean =>
  JSON.stringify(value) === text && isText(text, bytes) && whyNotJson(value) === undefined;

const dataFrom = ({ type, isJson, data }: Proposed): unknown => {
  if (!isJson) return raw(data, false);
  const json = parsed(data);
  if (!json) throw new Malformed(`the data of ${type} are called JSON and are not`);
  return saysAll(json, data) ? json.value : raw(data, true);
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Versioned = Pick<NewEvent, 'version' | 'metadata'>;

// Kept as bytes, which no metadata of ours are.
const rawMetadata = (bytes: Uint8Array, isJson: boolean) =>
  raw(bytes, isJson) as unknown as Metadata;

const metadataFrom = (bytes: Uint8Array): Versioned => {
  const json = bytes.length > 0 ? parsed(bytes) : undefined;
  if (!json) return { version: 0, metadata: rawMetadata(bytes, false) };
  const { value } = json;
  if (!isRecord(value) || !saysAll(json, bytes)) {
    return { version: 0, metadata: rawMetadata(bytes, true) };
  }
  return withoutVersion(value);
};

/**
 * What is stored of what a client wrote, so that it comes back byte for byte: a value where that
 * is possible, else the bytes. Our own metadata carry the event's version as their first key.
 */
export const fromWire = (proposed: Proposed): NewEvent => ({
  id: proposed.id,
  type: proposed.type,
  data: dataFrom(proposed),
  ...metadataFrom(proposed.metadata),
});

export const isJson = ({ rawData }: Stored): boolean => !rawData || rawData.isJson;

export const dataToWire = ({ rawData, data }: Stored): string | Uint8Array =>
  rawData ? rawData.bytes : JSON.stringify(data);

export const metadataToWire = ({ rawMetadata, version, metadata }: Stored): string | Uint8Array => {
  if (rawMetadata) return rawMetadata.bytes;
  const text = JSON.stringify(metadata);
  if (version === 0) return text;
  return text === '{}' ? `{"version":${version}}` : `{"version":${version},${text.slice(1)}`;
};
