import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { readStoreContract } from '../read-store.contract.js';
import { openMongoReadStore } from './index.js';
import { mongoDouble } from './testing/double.js';

const newName = () => `lumbung_test_${randomUUID()}`;

describe('the read store in MongoDB', () => {
  const double = mongoDouble();
  beforeAll(() => double.start());
  afterAll(() => double.stop());

  readStoreContract('mongodb, as its double', () =>
    openMongoReadStore({ url: double.url, database: newName() }),
  );
});

// MONGODB_URL='mongodb://localhost:27017' runs the contract against a real server.
const { MONGODB_URL: url = '' } = process.env;
const withServer = url ? describe : describe.skip;
withServer('the read store in MongoDB, at MONGODB_URL (skipped where it is not set)', () => {
  const databases: string[] = [];
  afterAll(async () => {
    const client = new MongoClient(url);
    for (const name of databases) await client.db(name).dropDatabase();
    await client.close();
  });

  readStoreContract('mongodb', () => {
    const database = newName();
    databases.push(database);
    return openMongoReadStore({ url, database });
  });
});
