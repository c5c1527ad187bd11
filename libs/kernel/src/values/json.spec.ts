import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { canonicalJson, the, whyNotJson, withoutUndefined } from './json.js';

const OF_THE_LANGUAGE = /"(__proto__|constructor|toJSON|__keys__|isShared)":/;

describe('whyNotJson', () => {
  it('has nothing to say of what JSON keeps', () => {
    const plain = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !OF_THE_LANGUAGE.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, (value) => {
        expect(whyNotJson(value)).toBeUndefined();
      }),
    );
    expect(whyNotJson(Object.create(null))).toBeUndefined();
    const elsewhere = '({ list: [{ text: "a" }] })';
    expect(whyNotJson(runInNewContext(elsewhere))).toBeUndefined();
  });

  it.each<[unknown, string]>([
    [undefined, '$ is a undefined'],
    [1n, '$ is a bigint'],
    [() => 1, '$ is a function'],
    [Number.NaN, '$ is NaN'],
    [Number.POSITIVE_INFINITY, '$ is Infinity'],
    [new Map(), '$ is not a plain object'],
    [{ at: [{ on: new Date(0) }] }, '$.at[0].on is not a plain object'],
    [{ month: undefined }, '$.month is a undefined'],
    [[1, undefined], '$[1] is a undefined'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what JSON would fill with null
    [[1, , 2], '$[1] is a undefined'],
  ])('says where %p would be lost', (value, reason) => {
    expect(whyNotJson(value)).toBe(reason);
  });
});

describe('canonicalJson', () => {
  it('says what JSON says, and the same whatever the order of the keys', () => {
    const backwards = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(backwards);
      if (value === null || typeof value !== 'object') return value;
      const entries = Object.entries(value).reverse();
      return Object.fromEntries(entries.map(([key, field]) => [key, backwards(field)]));
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.stringify(JSON.parse(text))).toHaveLength(JSON.stringify(value).length);
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
        expect(canonicalJson(backwards(value))).toBe(text);
      }),
    );
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ b: 1, a: undefined, c: [undefined, { e: 'é', d: null }] })).toBe(
      '{"b":1,"c":[null,{"d":null,"e":"é"}]}',
    );
  });
});

describe('withoutUndefined', () => {
  it('keeps every field but those that are undefined', () => {
    const kept = withoutUndefined({ a: 0, b: undefined, c: null, d: '' });
    expect(Object.keys(kept)).toEqual(['a', 'c', 'd']);
  });
});

describe('the', () => {
  it('answers what must be there, and calls its absence a bug', () => {
    expect(the({ a: 0 }, 'a')).toBe(0);
    expect(() => the({} as Record<string, number>, 'a')).toThrow(TypeError);
  });
});
