import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Checkpoint, Collection, Document, Put, ReadStore } from '../port.js';
import { openMongoReadStore, ReadStoreUnavailable } from './index.js';
import { type MongoDouble, mongoDouble } from './testing/double.js';

const MEMBERS: Collection = { name: 'members_v1_1', indexes: { byName: ['name'], all: [] } };
const CHECKPOINT: Checkpoint = { storeId: 'a', position: '120', eventId: 'b' };
const SHORT_MS = 400;

const put = (key: string, document: Document, position = '1', collection = MEMBERS): Put => ({
  collection,
  key,
  document,
  position,
});

/** A promise that is kept when it is told to. */
const promise = () => {
  let keep: () => void = () => undefined;
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
};

let double: MongoDouble;
let store: ReadStore;
let others: ReadStore[];

const open = async (options: { deadline_ms?: number } = {}) => {
  const opened = await openMongoReadStore({ url: double.url, database: 'lumbung', ...options });
  others.push(opened);
  return opened;
};

beforeEach(async () => {
  others = [];
  double = mongoDouble();
  await double.start();
  store = await open();
});
afterEach(async () => {
  for (const other of others) await other.close();
  await double.stop();
});

const commandsCalled = (name: string) => double.commands.filter((command) => name in command);

/** Answers the next command of a name in place of the server. */
const answerNext = (name: string, answer: Document | 'hang up') => {
  double.beforeCommand = async (command) => {
    if (!(name in command)) return undefined;
    double.beforeCommand = undefined;
    return answer;
  };
};

describe('guarded writes', () => {
  it('take a duplicate key for applied already, and write what is new beside it', async () => {
    await store.put([put('a', { name: 'A' }, '5')], {});
    const again = [put('a', { name: 'old' }, '5'), put('b', { name: 'B' }, '5')];
    await store.put(again, { build: CHECKPOINT });
    expect(await store.getMany(MEMBERS, ['a', 'b'])).toEqual([{ name: 'A' }, { name: 'B' }]);
    expect(await store.checkpoint('build')).toEqual(CHECKPOINT);
  });

  it.each([
    ['5', '7'],
    ['7', '5'],
    ['9', '10'],
    ['10', '9'],
  ])('of two at once, at %s and then at %s, leave the later', async (first, second) => {
    const held = promise();
    const isInserting = promise();
    double.beforeInsert = async () => {
      double.beforeInsert = undefined;
      isInserting.keep();
      await held.kept;
    };
    const other = await open();
    const slow = other.put([put('a', { name: second }, second)], {});
    await isInserting.kept;
    await store.put([put('a', { name: first }, first)], {});
    held.keep();
    await slow;
    const later = String(Math.max(Number(first), Number(second)));
    expect(await store.getStored(MEMBERS, ['a'])).toEqual([
      { document: { name: later }, position: later },
    ]);
  });

  it.each<[string, Document]>([
    ['another write error', { n: 0, writeErrors: [{ index: 0, code: 14031, errmsg: 'full' }] }],
    [
      'another beside a duplicate key',
      {
        n: 0,
        writeErrors: [
          { index: 0, code: 11000, errmsg: 'E11000' },
          { index: 1, code: 14031, errmsg: 'full' },
        ],
      },
    ],
    ['no majority', { n: 2, writeConcernError: { code: 64, errmsg: 'waited too long' } }],
    [
      'no majority beside a duplicate key',
      {
        n: 1,
        writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000' }],
        writeConcernError: { code: 64, errmsg: 'waited too long' },
      },
    ],
  ])('fail on %s, and the checkpoint stays behind', async (_, answer) => {
    answerNext('update', { ok: 1, nModified: 0, ...answer });
    const puts = [put('a', { name: 'A' }), put('b', { name: 'B' })];
    await expect(store.put(puts, { build: CHECKPOINT })).rejects.toThrow();
    expect(await store.checkpoint('build')).toBeUndefined();
    await store.put(puts, { build: CHECKPOINT });
    expect(await store.checkpoint('build')).toEqual(CHECKPOINT);
  });

  it('of several collections end all before a failure is told', async () => {
    const other = { ...MEMBERS, name: 'members_v1_2' };
    answerNext('update', { ok: 1, n: 0, writeErrors: [{ index: 0, code: 14031, errmsg: 'full' }] });
    const puts = [put('a', { name: 'A' }), put('a', { name: 'A' }, '1', other)];
    await expect(store.put(puts, { build: CHECKPOINT })).rejects.toThrow('full');
    expect(commandsCalled('update')).toHaveLength(2);
    expect(await store.checkpoint('build')).toBeUndefined();
  });

  it('are acknowledged by the majority, and so is the checkpoint', async () => {
    await store.put([put('a', { name: 'A' })], { build: CHECKPOINT });
    const [documents, checkpoints] = commandsCalled('update');
    expect(documents).toMatchObject({ ordered: false, writeConcern: { w: 'majority' } });
    expect(checkpoints).toMatchObject({
      update: 'lumbung.checkpoints',
      writeConcern: { w: 'majority' },
    });
  });
});

describe('a server that goes away', () => {
  it('fails the put in whose midst it goes, and serves later ones when it is back', async () => {
    await store.put([put('a', { name: 'A' })], {});
    double.beforeCommand = async (command) => {
      if (!('update' in command)) return undefined;
      double.beforeCommand = undefined;
      await double.stop();
      return 'hang up';
    };
    const later = [put('a', { name: 'later' }, '2')];
    await expect(store.put(later, { build: CHECKPOINT })).rejects.toThrow(ReadStoreUnavailable);
    await double.start();
    expect(await store.get(MEMBERS, 'a')).toEqual({ name: 'A' });
    await store.put(later, { build: CHECKPOINT });
    expect(await store.get(MEMBERS, 'a')).toEqual({ name: 'later' });
  });

  it('leaves the checkpoint behind the documents', async () => {
    double.beforeCommand = async ({ update }) =>
      update === 'lumbung.checkpoints' ? 'hang up' : undefined;
    const puts = [put('a', { name: 'A' })];
    await expect(store.put(puts, { build: CHECKPOINT })).rejects.toThrow(ReadStoreUnavailable);
    double.beforeCommand = undefined;
    expect(await store.get(MEMBERS, 'a')).toEqual({ name: 'A' });
    expect(await store.checkpoint('build')).toBeUndefined();
  });

  it('is not waited for longer than the deadline when it falls silent', async () => {
    const hasty = await open({ deadline_ms: SHORT_MS });
    const silence = promise();
    double.beforeCommand = async (command) => {
      if ('find' in command) await silence.kept;
      return undefined;
    };
    await expect(hasty.get(MEMBERS, 'a')).rejects.toThrow(ReadStoreUnavailable);
    double.beforeCommand = undefined;
    silence.keep();
    expect(await hasty.get(MEMBERS, 'a')).toBeUndefined();
  });
});

describe('opening', () => {
  const failureOf = async (url: string): Promise<Error> => {
    const opening = openMongoReadStore({ url, database: 'lumbung', deadline_ms: SHORT_MS });
    return opening.then(
      () => new Error('it opened'),
      (error) => error,
    );
  };

  it('says which address does not answer, without the password', async () => {
    await double.stop();
    const host = double.url.replace('mongodb://', '');
    const failure = await failureOf(`mongodb://sri:rahasia@${host}`);
    expect(failure).toBeInstanceOf(ReadStoreUnavailable);
    expect(failure).toMatchObject({ host });
    expect(failure.message).toMatch(`MongoDB at ${host} does not answer`);
    expect(failure.message).not.toContain('rahasia');
    await double.start();
  });

  it('gives up on an address that takes everything and says nothing', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    expect(await failureOf(`mongodb://127.0.0.1:${port}`)).toBeInstanceOf(ReadStoreUnavailable);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('says that the user or password is wrong', async () => {
    const failure = await failureOf(double.url.replace('mongodb://', 'mongodb://sri:rahasia@'));
    expect(failure).toBeInstanceOf(ReadStoreUnavailable);
    expect(failure.message).toMatch('refuses this user and password');
    expect(failure.message).not.toContain('rahasia');
  });

  it.each(['sri:rahasia@localhost', 'mongodb://sri:raha@sia@localhost', 'mongodb://'])(
    'says how an address is written that is none: %s',
    async (url) => {
      const failure = await failureOf(url);
      expect(failure).toBeInstanceOf(TypeError);
      expect(failure.message).toMatch('not an address of MongoDB; write mongodb://');
      expect(failure.message).not.toMatch(/rahasia|sia@/);
    },
  );
});

describe('a collection', () => {
  it('has its indexes made once, by whatever comes first', async () => {
    const puts = ['a', 'b', 'c'].map((key) => put(key, { name: key }));
    await Promise.all(puts.map((one) => store.put([one], {})));
    await store.put(puts, {});
    expect(commandsCalled('createIndexes').map(({ indexes }) => indexes)).toEqual([
      [
        {
          name: 'fields.name,_id',
          key: { 'fields.name': 1, _id: 1 },
          partialFilterExpression: { 'fields.name': { $exists: true } },
        },
      ],
    ]);
  });

  it('has them made again after they could not be, and after it was dropped', async () => {
    answerNext('createIndexes', { ok: 0, code: 12501, errmsg: 'quota' });
    await expect(store.put([put('a', { name: 'A' })], {})).rejects.toThrow('quota');
    await store.put([put('a', { name: 'A' })], {});
    await store.drop(MEMBERS);
    await store.put([put('b', { name: 'B' })], {});
    const found = await store.query(MEMBERS, { index: 'byName', limit: 9 });
    expect(found.map(({ key }) => key)).toEqual(['b']);
    expect(commandsCalled('createIndexes')).toHaveLength(3);
  });

  it('is dropped after its checkpoint, also when it was never written', async () => {
    await store.put([put('a', { name: 'A' })], { [MEMBERS.name]: CHECKPOINT });
    answerNext('drop', 'hang up');
    await expect(store.drop(MEMBERS)).rejects.toThrow(ReadStoreUnavailable);
    expect(await store.checkpoint(MEMBERS.name)).toBeUndefined();
    expect(await store.get(MEMBERS, 'a')).toEqual({ name: 'A' });
    await store.drop(MEMBERS);
    await store.drop(MEMBERS);
    expect(await store.get(MEMBERS, 'a')).toBeUndefined();
  });

  it('takes field names and documents that MongoDB would read as something else', async () => {
    const names = ['a.b', 'a', '$a', '', '%', 'a,b', '%2e', '\0', '0', '_id'];
    const indexes = Object.fromEntries([
      ...names.map((name) => [name, [name]]),
      ['twin of a', ['a']],
      ['pair', ['a', 'b']],
    ]);
    const things = { name: 'things_v1_1', indexes };
    const deep = Array.from({ length: 97 }).reduce<unknown>((inner) => ({ inner }), 1);
    const odd = { $ref: 'a', $id: 'b', _bsontype: 'Long', $set: { $db: 1 }, deep };
    const document = { ...Object.fromEntries(names.map((name) => [name, name])), b: 1, odd };
    await store.put([put('k', document, '1', things)], {});
    for (const name of names) {
      const query = { index: name, equals: { [name]: name }, limit: 1 };
      const [entry] = await store.query(things, query);
      expect(entry?.document).toStrictEqual(document);
    }
    expect(await store.query(things, { index: 'twin of a', limit: 1 })).toHaveLength(1);
  });

  it('finds texts by a beginning at the edges of Unicode', async () => {
    const texts = ['a', 'a\u{10ffff}', 'a\u{10ffff}z', 'b', '\ud7ff', '\ud7ffz', '\ue000'];
    const last = ['\u{10ffff}', '\u{10ffff}\u{10ffff}'];
    const all = [...texts, ...last];
    await store.put(
      all.map((name) => put(name, { name })),
      {},
    );
    for (const prefix of ['', ...all]) {
      const query = { index: 'byName', range: { prefix }, limit: 100 };
      const found = await store.query(MEMBERS, query);
      expect(found.map(({ key }) => key)).toEqual(all.filter((name) => name.startsWith(prefix)));
    }
  });

  it('takes no cursor of another index', async () => {
    await store.put([put('a', { name: 'A' })], {});
    const [entry] = await store.query(MEMBERS, { index: 'byName', limit: 1 });
    const query = { index: 'all', after: entry?.cursor, limit: 1 };
    await expect(store.query(MEMBERS, query)).rejects.toThrow(RangeError);
  });
});
