import { type Metadata, uuidOf } from '#lumbung/kernel';
import { type NewEvent, RawPayload } from '../../port.js';
import { DELETED, METADATA, type StreamMetadata } from '../../retention.js';
import type { Chance } from './chance.js';

const KEYS = ['name', 'a', 'b', 'list', '', '0', '35.06.17', 'kunci.🌾', 'length', 'then'];
// Such as no store takes.
const REFUSED_KEYS = ['constructor', 'toJSON', '__keys__'];
const TEXTS = ['', 'x', 'ꦥꦢꦶ', '😀'.repeat(9), 'é'.repeat(300), '\u0000', '__proto__', '{"a":1}'];
const NUMBERS = [0, -1, 0.1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1), 1e300, 5e-324];

const value = (chance: Chance, depth: number): unknown => {
  const kinds = [
    [3, 'number'],
    [3, 'text'],
    [1, 'other'],
    [depth > 0 ? 2 : 0, 'list'],
    [depth > 0 ? 4 : 0, 'object'],
  ] as const;
  switch (chance.weighed(kinds)) {
    case 'number':
      return chance.happens(0.5) ? chance.below(1000) : chance.pick(NUMBERS);
    case 'text':
      return chance.pick(TEXTS);
    case 'other':
      return chance.pick([null, true, false]);
    case 'list':
      return Array.from({ length: chance.below(5) }, () => value(chance, depth - 1));
    case 'object':
      return object(chance, depth);
  }
};

const object = (chance: Chance, depth: number): Record<string, unknown> => {
  const fields = Array.from({ length: chance.below(6) }, () => {
    const key = chance.weighed<() => string>([
      [1000, () => chance.pick(KEYS)],
      [50, () => `key${chance.below(5000)}`],
      [1, () => chance.pick(REFUSED_KEYS)],
    ])();
    return [key, value(chance, depth - 1)] as const;
  });
  return Object.fromEntries(fields);
};

const data = (chance: Chance): unknown =>
  chance.weighed<() => unknown>([
    [60, () => object(chance, 3)],
    [10, () => value(chance, 2)],
    [
      3,
      () =>
        new RawPayload(
          Uint8Array.from({ length: chance.below(40) }, () => chance.below(256)),
          false,
        ),
    ],
    [1, () => 'x'.repeat(chance.below(100_000))],
  ])();

const metadata = (chance: Chance): Pick<NewEvent, 'version' | 'metadata'> => {
  // Never text, so that it is no JSON.
  const bytes = () => new RawPayload(Uint8Array.of(255, chance.below(256)), false);
  const fields = () => ({ commandId: `${chance.below(100)}`, more: value(chance, 1) });
  return chance.weighed<() => Pick<NewEvent, 'version' | 'metadata'>>([
    [40, () => ({ version: 1 + chance.below(3), metadata: fields() as unknown as Metadata })],
    [5, () => ({ version: 0, metadata: {} as Metadata })],
    [5, () => ({ version: 2, metadata: {} as Metadata })],
    [2, () => ({ version: 0, metadata: bytes() as unknown as Metadata })],
  ])();
};

export const TYPES = ['test.Opened', 'test.Paid', 'test.Closed', 'test.Ω', 'x'];

export const idOf = (number: number): string => uuidOf('fuzz', number);

export const anEvent = (chance: Chance, number: number): NewEvent => ({
  ...{ id: idOf(number), type: chance.pick(TYPES), data: data(chance) },
  ...metadata(chance),
});

const limits = (chance: Chance, last: number): StreamMetadata => ({
  ...(chance.happens(0.5) && { $maxCount: 1 + chance.below(8) }),
  ...(chance.happens(0.4) && { $tb: Math.max(0, last - 3 + chance.below(6)) }),
  ...(chance.happens(0.1) && { $maxAge: 3600 * 24 }),
  ...(chance.happens(0.05) && { $tb: DELETED }),
});

/** What a stream that ends at `last` may let go from now on. */
export const metadataEvent = (chance: Chance, number: number, last: number): NewEvent => ({
  ...{ id: idOf(number), type: METADATA, version: 0, data: limits(chance, last) },
  metadata: {} as Metadata,
});
