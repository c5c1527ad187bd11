import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openLmdbReadStore } from './lmdb/index.js';
import { memoryReadStore } from './memory/index.js';
import { openMongoReadStore } from './mongodb/index.js';
import { mongoDouble } from './mongodb/testing/double.js';
import type { Collection, Document, Entry, Put, Query, ReadStore, Scalar } from './port.js';

const INDEXES: Record<string, string[]> = { byOne: ['one'], byTwo: ['two', 'one'], all: [] };

type Written = Omit<Put, 'collection'>;
type Page = Entry<Document>[];
type Row = Record<string, unknown>;

/** Where a model row has its document's key. */
const KEY = '#key';

// Few values that lie close together, so that queries find something, and now and then any other.
const TEXTS = ['', '\0', 'a', 'a\0', 'a\u0001', 'ab', 'b', '\uffee', '🌾'];
const NUMBERS = [-2, -1 - Number.EPSILON, -1, 0, Number.EPSILON, 0.5, 1, 10];

const text = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const number = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NUMBERS) },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean());
const field = fc.oneof({ weight: 8, arbitrary: scalar }, fc.constant(null), fc.constant([1]));
const document = fc.record({ one: field, two: field, other: fc.integer() }, { requiredKeys: [] });
const key = fc.constantFrom(...TEXTS);

const put = fc.record({
  key,
  document: document as fc.Arbitrary<Document>,
  position: fc.integer({ min: 1, max: 30 }).map(String),
});

const leading = fc.oneof(
  fc.record({ index: fc.constantFrom('all', 'byOne', 'byTwo'), equals: fc.constant({}) }),
  fc.record({ index: fc.constant('byOne'), equals: fc.record({ one: scalar }) }),
  fc.record({ index: fc.constant('byTwo'), equals: fc.record({ two: scalar }) }),
  fc.record({ index: fc.constant('byTwo'), equals: fc.record({ one: scalar, two: scalar }) }),
);
const range = fc.oneof(
  fc.constant({}),
  fc.record({ from: scalar }),
  fc.record({ to: scalar }),
  fc.record({ prefix: text }),
  fc.record({ from: scalar, to: scalar, prefix: text }, { requiredKeys: [] }),
);
const rest = fc.record({ limit: fc.integer({ min: 1, max: 4 }), reverse: fc.boolean() });
const query = fc
  .tuple(leading, range, rest)
  .map(([first, bounds, last]): Query => ({ ...first, range: bounds, ...last }));

const PAGES = 3;

/** The first pages of what a store gives; each store has cursors of its own. */
const answer = async (store: ReadStore, collection: Collection, asked: Query) => {
  const pages: Page[] = [];
  let after: string | undefined;
  do {
    const page: Page = await store.query(collection, { ...asked, after });
    pages.push(page);
    after = page.at(-1)?.cursor;
  } while (after !== undefined && pages.length < PAGES);
  return pages.map((page) => page.map(({ key: found, document: doc }) => ({ key: found, doc })));
};

const KINDS = ['number', 'string', 'boolean'];

const compare = (a: Scalar, b: Scalar): number => {
  if (typeof a !== typeof b) return KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  return Number(a) - Number(b);
};

const isScalar = (value: unknown) => KINDS.includes(typeof value);

const withinRange = (value: Scalar, { from, to, prefix }: NonNullable<Query['range']>) =>
  (from === undefined || (typeof from === typeof value && compare(value, from) >= 0)) &&
  (to === undefined || (typeof to === typeof value && compare(value, to) <= 0)) &&
  (prefix === undefined || (typeof value === 'string' && value.startsWith(prefix)));

/** The keys that answer a query, found by looking at every document. */
const looked = (puts: Written[], { index, equals = {}, range = {}, reverse, limit }: Query) => {
  const latest = new Map<string, Written>();
  for (const one of puts) {
    if (Number(one.position) > Number(latest.get(one.key)?.position ?? 0)) latest.set(one.key, one);
  }
  const fields = INDEXES[index] ?? [];
  const count = Object.keys(equals).length;
  const found = [...latest.values()]
    .map(({ key: id, document: fieldsOf }) => ({ ...fieldsOf, [KEY]: id }) as Row)
    .filter((row) => fields.every((name) => isScalar(row[name])))
    .filter((row) => Object.keys(equals).every((name) => row[name] === equals[name]))
    .filter((row) => withinRange(row[fields[count] ?? KEY] as Scalar, range))
    .sort((a, b) => {
      const order = [...fields, KEY].map((name) => compare(a[name] as Scalar, b[name] as Scalar));
      return order.find((sign) => sign !== 0) ?? 0;
    });
  return (reverse ? found.reverse() : found).slice(0, PAGES * limit).map((row) => row[KEY]);
};

describe('read stores', () => {
  let folder: string;
  let stores: ReadStore[];
  const double = mongoDouble();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-same-'));
    await double.start();
    stores = [
      memoryReadStore(),
      await openLmdbReadStore({ path: folder }),
      await openMongoReadStore({ url: double.url, database: 'same' }),
    ];
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await double.stop();
    await rm(folder, { recursive: true });
  });

  it('give the same answers, which are those of looking at every document', async () => {
    let run = 0;
    const script = fc.asyncProperty(
      fc.array(fc.array(put, { maxLength: 20 }), { maxLength: 3 }),
      fc.array(query, { minLength: 20, maxLength: 40 }),
      async (batches, queries) => {
        const collection = { name: `things@${run++}`, indexes: INDEXES };
        for (const store of stores) {
          for (const batch of batches) {
            await store.put(
              batch.map((one) => ({ ...one, collection })),
              {},
            );
          }
        }
        for (const asked of queries) {
          const [memory, ...others] = await Promise.all(
            stores.map((store) => answer(store, collection, asked)),
          );
          for (const other of others) expect(other).toEqual(memory);
          expect(memory?.flat().map(({ key: found }) => found)).toEqual(
            looked(batches.flat(), asked),
          );
        }
      },
    );
    await fc.assert(script, { numRuns: 200 });
  });
});
