import { payloadCodec, type Shape } from './codec.js';

const VALUES = [
  { a: 1, b: 'dua', c: [null, true, 1.5, { a: 1, b: 'x' }] },
  { a: 2, b: 'tiga', c: [] },
  { '1101': 5, '3101-x': { a: 1 } },
  {},
  [{ '35.06.17': 1 }, { '35.06.17': 0 }],
  {
    '35.06.17': { '35.06.17': 0 },
    'a-b': [
      { 'a-b': 1, c: 2 },
      { 'a-b': 2, c: 3 },
    ],
  },
  { deep: { deeper: { deepest: [{}, { '': 'empty' }, 9_007_199_254_740_991, -1] } } },
  'text',
  [1, 2, 3],
];

describe('payloads', () => {
  it('come back as they were, also in another process that knows the shapes', () => {
    const shapes: Shape[] = [];
    const writer = payloadCodec([], (shape) => shapes.push(shape));
    const packed = VALUES.map((value) => Uint8Array.from(writer.pack(value)));
    expect(packed.map((bytes) => writer.unpack(bytes))).toEqual(VALUES);
    const reader = payloadCodec(shapes, () => undefined);
    expect(packed.map((bytes) => reader.unpack(bytes))).toStrictEqual(VALUES);
    const again: Shape[] = [];
    const other = payloadCodec(shapes, (shape) => again.push(shape));
    expect(other.unpack(Uint8Array.from(other.pack({ z: 1, a: 2 })))).toEqual({ z: 1, a: 2 });
    expect(again).toEqual([['z', 'a']]);
  });

  it('make shapes of names only, each once', () => {
    const shapes: Shape[] = [];
    const { pack } = payloadCodec([], (shape) => shapes.push(shape));
    for (let n = 0; n < 300; n++)
      pack({ member: `m${n}`, [`35.06.${n}`]: 1, of: { [`k-${n}`]: n } });
    for (let n = 0; n < 3; n++) pack({ member: n, amount: n });
    expect(shapes).toEqual([['member', 'amount']]);
  });

  it('of more shapes than are kept come back too', () => {
    const shapes: Shape[] = [];
    const writer = payloadCodec([], (shape) => shapes.push(shape));
    const values = Array.from({ length: 5_000 }, (_, n) => ({ [`field${n}`]: n, n }));
    const packed = values.map((value) => Uint8Array.from(writer.pack(value)));
    expect(shapes.length).toBeLessThanOrEqual(4_000);
    const reader = payloadCodec(shapes, () => undefined);
    expect(packed.map((bytes) => reader.unpack(bytes))).toEqual(values);
  });
});
