import type { Metadata } from '#lumbung/kernel';
import { type NewEvent, RawPayload, type Stored } from '../../port.js';
import { dataToWire, fromWire, isJson, metadataToWire } from './payload.js';
import { Malformed } from './protobuf.js';

const proposed = (data: string | Uint8Array, metadata: string | Uint8Array = '', json = true) => ({
  ...{ id: 'id', type: 'test.Happened', isJson: json },
  data: Buffer.from(data),
  metadata: Buffer.from(metadata),
});

/** As a store gives it back. */
const stored = (event: NewEvent): Stored => {
  const { data, metadata } = event;
  return {
    ...{ stream: 'a-1', revision: 0, position: 1n, created: 1 },
    ...event,
    ...(data instanceof RawPayload && { rawData: data, data: data.value() }),
    ...(metadata instanceof RawPayload && { rawMetadata: metadata }),
    metadata: (metadata instanceof RawPayload ? metadata.value() : metadata) as Metadata,
  };
};

const NOT_CANONICAL = [
  '{ "a": 1 }',
  '{"a":1.0}',
  '{"a":-0}',
  '{"b":1,"1":2}',
  '{"a":1,"a":2}',
  '{"a":9007199254740993}',
  '"\\u0041"',
  '{"a":1}\n',
];
const CANONICAL = ['null', '0', '"teks 🌾"', '[]', '{}', '{"1":2,"b":1}', '{"a":{"b":[1,null]}}'];
const BYTES = [new Uint8Array(0), Uint8Array.of(0, 255), Buffer.from('{"a":"\xff"}', 'latin1')];

describe('data', () => {
  it.each(CANONICAL)('%s are stored as a value', (text) => {
    const { data } = fromWire(proposed(text));
    expect(data).toEqual(JSON.parse(text));
    expect(dataToWire(stored(fromWire(proposed(text))))).toBe(text);
  });

  it.each(NOT_CANONICAL)('%s are stored as they are, and are JSON', (text) => {
    const event = fromWire(proposed(text));
    expect(event.data).toEqual(new RawPayload(new Uint8Array(Buffer.from(text)), true));
    expect(Buffer.from(dataToWire(stored(event))).toString()).toBe(text);
    expect(isJson(stored(event))).toBe(true);
  });

  it.each([...BYTES, Buffer.from('{"a":1}')])('%j that are not called JSON are bytes', (bytes) => {
    const event = stored(fromWire(proposed(bytes, '', false)));
    expect(isJson(event)).toBe(false);
    expect(Buffer.compare(Buffer.from(dataToWire(event)), bytes)).toBe(0);
  });

  it('that are JSON but no text are kept byte for byte', () => {
    const bytes = Buffer.from('{"a":"\xff"}', 'latin1');
    const event = stored(fromWire(proposed(bytes)));
    expect(Buffer.compare(Buffer.from(dataToWire(event)), bytes)).toBe(0);
  });

  it('that are called JSON and are not are refused', () => {
    for (const text of ['', '{', '\ufeff{}']) {
      expect(() => fromWire(proposed(text))).toThrow(Malformed);
    }
  });
});

describe('metadata', () => {
  const through = (metadata: string | Uint8Array) => {
    const event = fromWire(proposed('{}', metadata));
    return { event, back: Buffer.from(metadataToWire(stored(event))) };
  };

  it('of our own events carry the version', () => {
    const { event, back } = through('{"version":3,"actor":"siti"}');
    expect(event).toMatchObject({ version: 3, metadata: { actor: 'siti' } });
    expect(back.toString()).toBe('{"version":3,"actor":"siti"}');
    const alone = through('{"version":1}');
    expect(alone.event).toMatchObject({ version: 1, metadata: {} });
    expect(alone.back.toString()).toBe('{"version":1}');
  });

  it.each([
    '{}',
    '{"actor":"siti"}',
    '{"actor":"siti","version":3}',
    '{"version":0}',
    '{"version":-1}',
    '{"version":1.5}',
    '{"version":"1"}',
    '{"version":1e+21}',
    '{"1":2,"version":1}',
  ])('%s are a value of version 0', (text) => {
    const { event, back } = through(text);
    expect(event).toMatchObject({ version: 0, metadata: JSON.parse(text) });
    expect(back.toString()).toBe(text);
  });

  it.each([...NOT_CANONICAL, '{"version":1, "a":1}', 'null', '[]', '1', 'not JSON', ''])(
    '%s are kept as they are',
    (text) => {
      const { event, back } = through(text);
      expect(event.metadata).toBeInstanceOf(RawPayload);
      expect(event.version).toBe(0);
      expect(back.toString()).toBe(text);
    },
  );

  it.each(BYTES)('%j are kept byte for byte', (bytes) => {
    expect(Buffer.compare(through(bytes).back, bytes)).toBe(0);
  });
});
