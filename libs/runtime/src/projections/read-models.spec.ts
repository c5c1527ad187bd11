import { memoryReadStore } from '#lumbung/read-store/memory';
import { emptyLog, holdings, write } from '../testing/coin-log.js';
import { readerOf, sourceOf, startedReader } from '../testing/reading.js';

const NOT_CAUGHT_UP = { name: 'Unavailable', code: 'NOT_CAUGHT_UP' };

/** Five jars; all are told of under `all` as well. */
const filled = async () => {
  const log = emptyLog();
  for (const [coins, jar] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    await write(log, [coins], { stream: `jar-${jar}` });
  }
  await write(log, [10, 11], { stream: 'jar-c' });
  return startedReader(log, sourceOf(memoryReadStore(), [holdings]));
};

type Filled = Awaited<ReturnType<typeof filled>>;

describe('read models', () => {
  let reader: Filled;
  let models: Filled['models'];

  beforeEach(async () => {
    reader = await filled();
    models = reader.models;
  });

  afterEach(() => reader.stop());

  it('find a document by its key', async () => {
    expect(await models.find(holdings, 'jar-c')).toMatchObject({ jar: 'jar-c', count: 3 });
    expect(await models.find(holdings, 'jar-z')).toBeUndefined();
  });

  it('read one that nothing has touched as it begins', async () => {
    expect(await models.read(holdings, 'jar-c')).toMatchObject({ count: 3 });
    expect(await models.read(holdings, 'jar-z')).toEqual({ jar: 'jar-z', coins: [], count: 0 });
  });

  it('find and read many in the order that was asked for', async () => {
    const keys = ['jar-d', 'jar-z', 'jar-a'];
    const found = await models.findMany(holdings, keys);
    expect(found.map((one) => one?.coins)).toEqual([[3], undefined, [0]]);
    const read = await models.readMany(holdings, keys);
    expect(read.map(({ jar, coins }) => [jar, coins])).toEqual([
      ['jar-d', [3]],
      ['jar-z', []],
      ['jar-a', [0]],
    ]);
  });

  it('query an index', async () => {
    const entries = await models.query(holdings, {
      index: 'count',
      equals: { count: 1 },
      limit: 10,
    });
    expect(entries.map(({ key }) => key)).toEqual(['jar-a', 'jar-b', 'jar-d', 'jar-e']);
  });

  it('turn pages by a cursor until there are no more', async () => {
    const query = { index: 'jar', range: { prefix: 'jar-' }, limit: 2 };
    const pages: string[][] = [];
    let after: string | undefined;
    let isMore = true;
    while (isMore) {
      const page = await models.page(holdings, { ...query, ...(after && { after }) });
      pages.push(page.nodes.map(({ jar }) => jar));
      after = page.endCursor ?? undefined;
      isMore = page.hasNextPage;
    }
    expect(pages).toEqual([['jar-a', 'jar-b'], ['jar-c', 'jar-d'], ['jar-e']]);
  });

  it('say that there is no next page where the last one is full', async () => {
    const page = await models.page(holdings, { index: 'jar', limit: 6, reverse: true });
    expect(page.nodes.map(({ jar }) => jar)[0]).toBe('jar-e');
    expect(page.nodes).toHaveLength(6);
    expect(page.hasNextPage).toBe(false);
  });

  it('refuse a cursor that is none', async () => {
    const query = { index: 'jar', limit: 2 };
    await expect(models.page(holdings, { ...query, after: '?' })).rejects.toMatchObject({
      name: 'Rejection',
      code: 'CURSOR_MALFORMED',
    });
    await expect(models.page(holdings, { ...query, limit: 5_000 })).rejects.toThrow(RangeError);
  });

  it('give an empty page no cursor', async () => {
    const query = { index: 'count', equals: { count: 99 }, limit: 2 };
    expect(await models.page(holdings, query)).toEqual({
      nodes: [],
      endCursor: null,
      hasNextPage: false,
    });
  });

  it('answer nothing at all before there is something to answer from', async () => {
    const empty = readerOf(emptyLog(), sourceOf(memoryReadStore(), [holdings]));
    const query = { index: 'jar', limit: 1 };
    for (const asked of [
      empty.models.find(holdings, 'jar-a'),
      empty.models.read(holdings, 'jar-a'),
      empty.models.findMany(holdings, ['jar-a']),
      empty.models.readMany(holdings, ['jar-a']),
      empty.models.query(holdings, query),
      empty.models.page(holdings, query),
    ]) {
      await expect(asked).rejects.toMatchObject(NOT_CAUGHT_UP);
    }
  });
});
