import { MongoClient } from 'mongodb';
import { mongoDouble } from './double.js';

describe('the double of MongoDB', () => {
  const double = mongoDouble();
  let client: MongoClient;
  beforeAll(async () => {
    await double.start();
    client = new MongoClient(double.url);
  });
  afterAll(async () => {
    await client.close();
    await double.stop();
  });

  const things = () =>
    client.db('a').collection<{ _id: string; one?: unknown; two?: unknown }>('t');
  const find = (filter: object, sort: Record<string, 1 | -1>, hint?: Record<string, 1>) =>
    things()
      .find(filter, { sort, ...(hint && { hint }) })
      .toArray();

  it.each([
    ['a command', { count: 't' }, 59],
    ['an option', { find: 't', filter: { _id: 'a' }, collation: { locale: 'id' } }, 40415],
    ['an operator', { find: 't', filter: { _id: 'a', one: { $regex: 'a' } } }, 2],
    ['a type', { find: 't', filter: { _id: 'a', one: { $type: 'date' } } }, 2],
  ])('answers %s that it does not know with an error', async (_, command, code) => {
    await things().replaceOne({ _id: 'a' }, { one: 1 }, { upsert: true });
    await expect(client.db('a').command(command)).rejects.toMatchObject({ code });
  });

  it('only replaces documents whole, one at a time', async () => {
    const update = things().updateOne({ _id: 'a' }, { $set: { one: 1 } });
    await expect(update).rejects.toMatchObject({ code: 9 });
  });

  describe('with an index of two fields', () => {
    beforeAll(async () => {
      await things().createIndex(
        { one: 1, two: 1, _id: 1 },
        { partialFilterExpression: { one: { $exists: true } } },
      );
    });
    const present = { one: { $exists: true } };

    it.each([
      [present, { one: 1, two: 1, _id: 1 }],
      [present, { one: -1, two: -1, _id: -1 }],
      [{ $and: [present, { one: { $eq: 1 } }, { two: { $gt: 1 } }] }, { one: 1, two: 1, _id: 1 }],
    ] as const)('finds %j in the order %j', async (filter, sort) => {
      await expect(find(filter, sort)).resolves.toBeDefined();
    });

    it.each([
      ['an order that no index gives', present, { two: 1 }],
      ['a mixed order', present, { one: 1, two: -1, _id: 1 }],
      ['documents that are not in the index', {}, { one: 1, two: 1, _id: 1 }],
      [
        'two bounds that are no stretch of it',
        { $and: [present, { one: { $gt: 1 } }, { two: { $gt: 1 } }] },
        { one: 1, two: 1, _id: 1 },
      ],
      ['every document', { one: 1 }, {}],
    ] as const)('refuses %s', async (_, filter, sort) => {
      await expect(find(filter, sort)).rejects.toMatchObject({ code: 291 });
    });

    it('refuses an index that is not there, and a second one of the same fields', async () => {
      await expect(find(present, { two: 1 }, { two: 1 })).rejects.toMatchObject({ code: 2 });
      const twin = things().createIndex({ one: 1, two: 1, _id: 1 }, { name: 'twin' });
      await expect(twin).rejects.toMatchObject({ code: 85 });
    });
  });
});
