import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { instantAt } from '#lumbung/kernel';
import { memoryEventStore } from '../memory/index.js';
import type { EventStore } from '../port.js';
import { type Served, type ServeOptions, serveEventStore } from './index.js';

const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
const mayForget = (category: string) => category !== 'kept';
const SCRIPT = fileURLToPath(new URL('./testing/run.ts', import.meta.url));
const RUN = ['--conditions', 'source', '--import', './test/typescript.js', SCRIPT];

type Said = Record<string, unknown>;

/** What a client says that runs these scenarios, in a process of its own. */
const saidBy = async (
  [client, url, ...scenarios]: string[],
  heard: (name: string) => void = () => undefined,
): Promise<Said> => {
  const args = [...RUN, client as string, url as string, ...scenarios];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Said = {};
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  const exit = new Promise((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { name, value } = JSON.parse(line);
    said[name] = value;
    heard(name);
  }
  if ((await exit) !== 0) throw new Error(`the client ended badly: ${complaints}`);
  return said;
};

const refused = (stream: string, expected: string, actual: string) => ({
  refused: 'wrong-expected-version',
  ...{ stream, expected, actual },
});

const CLIENTS = ['@eventstore/db-client', '@kurrent/kurrentdb-client'];

describe.each(CLIENTS)('%s', (client) => {
  let store: EventStore;
  let served: Served;
  let said: Said;

  const serve = async (options: Partial<ServeOptions> = {}) => {
    store = memoryEventStore({ random: { bytes: randomBytes }, clock, mayForget });
    served = await serveEventStore({ store, port: 0, ...options });
  };
  const stop = async () => {
    await served.close();
    await store.close();
  };
  const run = async (...scenarios: string[]) => {
    await serve();
    said = await saidBy([client, served.url, ...scenarios]);
    await stop();
  };

  describe('appends', () => {
    beforeAll(() => run('appending'));

    it.each(['batch', 'append'])('at every expected revision (%s)', (kind) => {
      const none = (expected: string, actual: string) =>
        refused(`none-${kind} ${expected.replace('n', '')}`, expected, actual);
      const there = (expected: string) =>
        refused(`there-${kind} ${expected.replace('0n', '0')}`, expected, '1n');
      const of = (expected: string) => [
        said[`${kind} ${expected}, no stream`],
        said[`${kind} ${expected}, at 1`],
      ];
      expect(of('any')).toEqual(['0n', '2n']);
      expect(of('no_stream')).toEqual(['0n', there('no_stream')]);
      const missing = { ...none('', 'no_stream'), stream: `none-${kind} stream_exists` };
      expect(of('stream_exists')).toEqual([{ ...missing, expected: 'stream_exists' }, '2n']);
      expect(of('0')).toEqual([none('0n', 'no_stream'), there('0n')]);
      expect(of('1')).toEqual([none('1n', 'no_stream'), '2n']);
    });

    it('answers a retry as the first time', () => {
      const { first, second } = said.retry as Record<string, unknown>;
      expect(first).toMatchObject({ success: true, nextExpectedRevision: '1n' });
      expect(second).toEqual(first);
    });

    it('takes an append of nothing for a look', () => {
      expect(said['nothing, no stream']).toMatchObject({ success: true });
      expect(said['nothing, at 2']).toBe('2n');
      expect(said['nothing, wrong']).toEqual(refused('retry-1', '0n', '2n'));
    });

    it('takes many at once, and one in many parts', () => {
      expect(said['200 appends on a fresh connection']).toBe(200);
      expect(said['1000 events in parts']).toBe('999n');
    });

    it('gives bytes and values back as they were', () => {
      expect(said.bytes).toEqual([true, true, true, true, true, true]);
      const common = { isNamed: true, isSame: true, isRecent: true };
      const metadata = { version: 3, actor: 'ꦥꦢꦶ', nested: { list: [1] } };
      expect(said.values).toEqual([
        { ...common, type: 'тип.🌾', metadata, data: said['values sent'] },
        { ...common, type: 'test.Large', data: true },
      ]);
    });

    it('refuses what the store does not take', () => {
      expect(said['a stream of the store']).toMatchObject({ refused: 'unknown' });
      expect(said['a type of the store']).toMatchObject({ refused: 'unknown' });
      expect(said['18 MB']).toEqual({ refused: 'maximum-append-size-exceeded' });
    });
  });

  describe('reads', () => {
    beforeAll(() => run('reading'));

    it('a stream both ways', () => {
      expect(said.stream).toEqual({
        forwards: [0, 1, 2, 3, 4],
        from: [2, 3, 4],
        limited: [1, 2],
        beyond: [],
        backwards: [4, 3, 2, 1, 0],
        backwardsFrom: [2, 1, 0],
        backwardsLimited: [4],
        missing: { refused: 'stream-not-found', stream: 'read-missing' },
      });
      expect(said['stream deleted']).toEqual({ refused: 'stream-deleted', stream: 'read-gone-1' });
      expect(said['long stream']).toBe(true);
    });

    it('all both ways: forwards with the event at a position, backwards without', () => {
      expect(said.all).toEqual({
        from: ['a', 'b', 'c'],
        types: ['test.Happened', 'test.Happened', 'test.Happened', '$metadata'],
        limited: ['b'],
        first: 1,
        backwards: ['$metadata', 'test.Happened'],
        backwardsFrom: ['a'],
      });
      expect(said.positions).toEqual({ isRising: true, isMirror: true });
    });

    // The other client turns round at the ends.
    if (client === '@eventstore/db-client') {
      it('nothing beyond the ends', () => {
        expect(said['stream, at its ends']).toEqual({ end: [], start: [0] });
        expect(said['all, at its ends']).toEqual({ end: [], start: [] });
      });
    }
  });

  describe('subscribes', () => {
    beforeAll(() => run('subscribing'));

    it('to a stream', () => {
      expect(said['to a stream']).toEqual({
        whole: ['confirmed', 0, 1, 2, 'caught up', 3],
        after: ['confirmed', 1, 2, 'caught up', 3],
        live: ['confirmed', 'caught up', 3],
        empty: ['confirmed', 'caught up', 'first'],
      });
      const deleted = { refused: 'stream-deleted', stream: 'follow-1' };
      expect(said['to a stream that ends']).toEqual(deleted);
    });

    it('to all, without the event at a position', () => {
      const after = ['confirmed', 'after', 'caught up', 'live'];
      expect(said['to all']).toEqual([after, ['confirmed', 'caught up', 'live']]);
    });

    it.each([
      ['prefixes', ['rice', 'cut']],
      ['regex', ['maize']],
      ['types', ['cut']],
      ['typesRegex', ['rice', 'maize']],
      ['ours', ['rice', 'maize', 'cut']],
    ])('to what a filter of %s lets through', (name, names) => {
      expect(said[`filtered by ${name}`]).toEqual(['confirmed', ...names, 'caught up']);
    });

    it('and hears how far it is, though nothing is for it', () => {
      const notes = ['confirmed', 'caught up'];
      expect(said.checkpoints).toEqual({ count: 5, isRising: true, notes });
    });

    it('without gap or repeat under 64 writers', () => {
      expect(said['64 writers']).toEqual([true, true]);
    });
  });

  describe('forgets', () => {
    beforeAll(() => run('forgetting'));

    it('a stream for now', () => {
      expect(said.delete).toEqual({
        wrong: refused('drop-1', '0n', '1n'),
        none: refused('drop-1', '-1n', '1n'),
        missing: refused('drop-2', '1n', 'no_stream'),
        right: true,
        read: { refused: 'stream-not-found', stream: 'drop-1' },
        exists: refused('drop-1', 'stream_exists', '1n'),
        again: '2n',
        readAgain: [2],
        any: true,
        kept: { refused: 'access-denied' },
      });
    });

    it('a stream for good', () => {
      const deleted = { refused: 'stream-deleted', stream: 'end-1' };
      expect(said.tombstone).toEqual({
        wrong: refused('end-1', '0n', '1n'),
        right: true,
        never: true,
        read: deleted,
        append: deleted,
        appendAlone: deleted,
        delete: deleted,
        kept: { refused: 'access-denied' },
      });
    });

    it('what metadata let go', () => {
      expect(said.metadata).toEqual({
        revision: '0n',
        got: { maxCount: 2, truncateBefore: 1, owner: 'desa' },
        none: 'none',
        left: [3, 4],
        wrong: refused('$$limit-1', 'no_stream', '0n'),
        senseless: { refused: 'unknown' },
        kept: { refused: 'access-denied' },
      });
    });

    it('and has no persistent subscriptions', () => {
      const unimplemented = { refused: 'unknown', code: 12 };
      expect(said['persistent subscriptions']).toEqual([unimplemented, unimplemented]);
    });
  });

  it('is not let in without the right credentials', async () => {
    await serve({ credentials: { user: 'a', password: 'b' } });
    said = await saidBy([client, served.url, 'locked']);
    await stop();
    const denied = { refused: 'access-denied' };
    expect(said.locked).toEqual({ append: denied, batch: denied, read: denied, delete: denied });
  });

  it('hears that the server leaves', async () => {
    await serve();
    let stopping = Promise.resolve();
    said = await saidBy([client, served.url, 'beingLeft'], (name) => {
      if (name === 'subscribed') stopping = stop();
    });
    await stopping;
    expect(said.left).toEqual({ refused: 'unavailable' });
  });
});
