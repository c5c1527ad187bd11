import { type EventStore, type NewEvent, RawPayload, type Stored } from '#lumbung/event-store';
import { openLogEventStore } from '#lumbung/event-store/log';
import { instantAt, type Metadata, uuidOf } from '#lumbung/kernel';

/** The same bytes in each run. */
export const openSmall = (path: string, segmentBytes: number): Promise<EventStore> => {
  let ticks = 0;
  return openLogEventStore({
    path,
    segmentBytes,
    random: { bytes: (count) => new Uint8Array(count).fill(7) },
    clock: { now: () => instantAt(Date.UTC(2025, 0, 1) + ticks++), elapsed_ms: () => 0 },
    mayForget: () => true,
  });
};

export const anEvent = (name: string, data: unknown, version = 1): NewEvent => ({
  id: uuidOf('log-format', name),
  type: 'test.Happened',
  version,
  data,
  metadata: { causationId: name, nested: { of: [name, 1.5] } } as unknown as Metadata,
});

const bytesOf = (text: string) => Buffer.from(text);

export const rawEvent = (name: string): NewEvent => ({
  ...anEvent(name, new RawPayload(bytesOf('{ "spaced" : [1, 2.50, "é"] }'), true), 0),
  type: 'other-program',
  metadata: new RawPayload(Uint8Array.from([0, 255, 128, 1]), false) as unknown as Metadata,
});

/** All kinds of values, each for an event of its own. */
export const VALUES: unknown[] = [
  { text: ['', 'a', 'ꦥꦢꦶ 🌾', 'é'.repeat(40), 'x'.repeat(300), '\u0000\n"'] },
  { long: 'ü'.repeat(40_000) },
  { small: [0, 1, 63, 64, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32] },
  { negative: [-1, -32, -33, -128, -129, -32_768, -32_769, -(2 ** 31), -(2 ** 31) - 1] },
  { large: [2 ** 53 - 1, -(2 ** 53) + 1, 1e300, 5e-324, 0.1, -0.5, 1.5] },
  { nothing: null, flags: [true, false], empty: [{}, [], ''] },
  { deep: [[[[{ deeper: { deepest: [{ a: 1 }, { a: 2 }] } }]]]] },
  { many: Array.from({ length: 70_000 }, (_, n) => n % 7) },
  { byAccount: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [1000 + n, n])) },
  Array.from({ length: 80 }, (_, n) => ({ [`35.06.${n % 40}`]: n, [`k-${n % 3}`]: { n } })),
  Array.from({ length: 20 }, (_, n) => ({ '1101': n, '1102': null })),
  Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`wide${n}`, n])),
  null,
  false,
  'text',
  [1, 'two', [3]],
  17,
];

/** So many shapes that they take numbers of one byte and of two. */
export const manyShapes = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) =>
    anEvent(`shape ${n}`, { [`field${n}`]: { [`inner${n % 150}`]: n, common: 'x' } }, n % 3),
  );

const shown = (payload: unknown, raw: RawPayload | undefined) =>
  raw && !raw.isJson ? Buffer.from(raw.bytes).toString('hex') : payload;

/** An event as a reader in another language shows it. */
export const plain = (event: Stored) => {
  const { id, stream, revision, position, created, type, version } = event;
  return {
    ...{ id, stream, revision, position: Number(position), created, type, version },
    data: shown(event.data, event.rawData),
    metadata: shown(event.metadata, event.rawMetadata),
  };
};

export type Shown = ReturnType<typeof plain>;
