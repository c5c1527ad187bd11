import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metadata } from '#lumbung/kernel';
import {
  anEvent,
  caughtUp,
  collect,
  events,
  follow,
  names,
  namesOf,
  range,
} from '../contract/samples.contract.js';
import { memoryEventStore } from '../memory/index.js';
import {
  type EventStore,
  type NewEvent,
  RawPayload,
  StoreUnavailable,
  StreamKept,
  StreamNotFound,
  type Subscribe,
} from '../port.js';
import { type Served, type ServeOptions, serveEventStore } from '../protocol/index.js';
import { type Child, startServer } from './testing/child.js';
import { clock, openAt, random, timers } from './testing/opening.js';
import { startProxy } from './testing/proxy.js';

const portOf = (url: string) => Number(new URL(url).port);

describe('the client of EventStoreDB', () => {
  let kept: EventStore;
  let served: Served;
  let store: EventStore;

  const serve = async (options: Partial<ServeOptions> = {}) => {
    kept = memoryEventStore({ random, clock, mayForget: (category) => category === 'free' });
    served = await serveEventStore({ store: kept, port: 0, ...options });
  };
  beforeEach(async () => {
    await serve();
    store = await openAt(served.url, { mayForget: () => true });
  });
  afterEach(async () => {
    await store.close();
    await served.close();
    await kept.close();
  });

  it('has others beside it', () => expect(store.exclusive).toBe(false));

  it('knows a log by the newest event of store-identity', async () => {
    const again = await openAt(served.url);
    expect(again.id).toBe(store.id);
    await again.close();
    expect(await namesOf(store.readAll())).toEqual([]);
    const restored = anEvent('restored', 'store.Identified');
    await kept.append('store-identity', [restored], 0);
    const other = await openAt(served.url);
    expect(other.id).toBe(restored.id);
    await other.close();
  });

  it('speaks through TLS to whom it trusts, under a name and a password', async () => {
    const pem = join(import.meta.dirname, 'testing', 'localhost.pem');
    const key = await readFile(pem);
    const secret = { store: kept, port: 0, credentials: { user: 'kediri', password: 'rahasia' } };
    const { url, close } = await serveEventStore({ ...secret, tls: { key, cert: key } });
    const named = url.replace('//', '//kediri:rahasia@');
    const trusted = await openAt(`${named}&tlsCAFile=${pem}`);
    await trusted.append('a-1', events(1, 2), 'none');
    expect(await namesOf(trusted.readAll())).toEqual([1, 2]);
    await trusted.close();
    // Signed by nobody it knows; and a password that is wrong.
    const [stranger, liar] = [named, `${named.replace('rahasia', 'x')}&tlsCAFile=${pem}`];
    const inClear = named.replace('tls=true', 'tls=false');
    for (const wrong of [stranger, liar, inClear]) {
      await expect(openAt(wrong, { deadline_ms: 500 })).rejects.toThrow(StoreUnavailable);
    }
    await close();
  });

  it('agrees on the id with whoever opens the log at the same time', async () => {
    const fresh = memoryEventStore({ random, clock });
    const { url, close } = await serveEventStore({ store: fresh, port: 0 });
    const opened = await Promise.all(range(5).map(() => openAt(url)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    await Promise.all(opened.map((one) => one.close()));
    await close();
    await fresh.close();
  });

  it('keeps the version of an event, and what has none', async () => {
    const metadata = { commandId: 'x' } as unknown as Metadata;
    const ours = { ...anEvent('ours'), version: 3, metadata };
    const theirs = { ...anEvent('theirs'), version: 0, metadata: { $correlationId: 'y' } as never };
    await store.append('a-1', [ours, theirs], 'none');
    const read = await collect(store.readStream('a-1'));
    expect(read.map(({ version }) => version)).toEqual([3, 0]);
    expect(read.map((event) => event.metadata)).toEqual([metadata, theirs.metadata]);
    expect(await collect(kept.readStream('a-1'))).toEqual(read);
    const two = { ...ours, metadata: { ...metadata, version: 7 } as never };
    await expect(store.append('a-1', [two], 1)).rejects.toThrow(TypeError);
    const mistaken = { ...theirs, metadata: { version: 7 } as never };
    await expect(store.append('a-1', [mistaken], 1)).rejects.toThrow(TypeError);
  });

  it('keeps bytes, and refuses JSON that would come back in other ones', async () => {
    const data = new RawPayload(Uint8Array.of(0, 255, 1), false);
    const metadata = new RawPayload(Uint8Array.from(Buffer.from('{ "a": 1.0 }')), true);
    const event: NewEvent = { ...anEvent(0), version: 0, data, metadata: metadata as never };
    await store.append('a-1', [event], 'none');
    const [mine] = await collect(store.readStream('a-1'));
    expect(mine?.rawData).toEqual(data);
    expect(mine?.data).toEqual(data.bytes);
    const [theirs] = await collect(kept.readStream('a-1'));
    expect(theirs?.rawMetadata).toEqual(metadata);
    const exact = { ...anEvent(1), data: new RawPayload(Buffer.from('{"a":1}'), true) };
    await store.append('a-1', [exact], 0);
    const spaced = { ...anEvent(2), data: new RawPayload(Buffer.from('{"a": 1}'), true) };
    await expect(store.append('a-1', [spaced], 1)).rejects.toThrow(TypeError);
  });

  it('takes what is in a filter literally', async () => {
    const filter = { categories: ['a.b', 'c|d'] };
    for (const stream of ['a.b-1', 'aXb-1', 'c|d', 'c', 'a.bc-1']) {
      await store.append(stream, [anEvent(stream)], 'none');
    }
    const { seen } = await follow(store.subscribe({ filter }), caughtUp);
    expect(names(seen)).toEqual(['a.b-1', 'c|d']);
    const types = { filter: { types: ['test.Happened', '$metadata'] } };
    expect(names((await follow(store.subscribe(types), caughtUp)).seen)).toHaveLength(5);
  });

  it('has the errors of the port', async () => {
    await store.append('held-1', events(0), 'none');
    await expect(store.delete('held-1', 'any')).rejects.toThrow(StreamKept);
    await expect(store.tombstone('held-1', 'exists')).rejects.toThrow(StreamKept);
    const missing = store.readStream('held-2', { mustExist: true, limit: 0 });
    await expect(collect(missing)).rejects.toThrow(StreamNotFound);
    const large = { ...anEvent(1), data: 'x'.repeat(17 << 20) };
    await expect(store.append('held-1', [large], 0)).rejects.toThrow(/at most \d+ bytes/);
  });

  it('sends a subscriber that is slow no more than it takes', async () => {
    let given = 0;
    const counting: EventStore = {
      ...kept,
      async *subscribe(options: Subscribe = {}) {
        for await (const batch of kept.subscribe({ ...options, batchSize: 10 })) {
          given += batch.events.length;
          yield batch;
        }
      },
    };
    const slow = await serveEventStore({ store: counting, port: 0 });
    const data = { name: 0, padding: 'x'.repeat(10_000) };
    const many = range(5000).map((n) => ({ ...anEvent(n), data: { ...data, name: n } }));
    for (let at = 0; at < 5000; at += 500)
      await kept.append('a-1', many.slice(at, at + 500), 'any');
    const client = await openAt(slow.url);
    const subscription = client.subscribe({ batchSize: 10 })[Symbol.asyncIterator]();
    await subscription.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(given).toBeLessThan(3000);
    const rest = { [Symbol.asyncIterator]: () => subscription };
    const { seen } = await follow(rest, (_, all) => all.length >= 4990);
    expect(names(seen)).toEqual(range(5000).slice(10));
    await client.close();
    await slow.close();
  });

  it('goes on where it was when the connection breaks, in reads and subscriptions', async () => {
    const many = range(6000).map((n) => anEvent(n));
    for (let at = 0; at < 6000; at += 1000)
      await kept.append('a-1', many.slice(at, at + 1000), 'any');
    const proxy = await startProxy(portOf(served.url));
    const client = await openAt(proxy.url);
    const cutting = async (batches: AsyncIterable<unknown>) => {
      const all: unknown[] = [];
      for await (const batch of batches) {
        const page = batch as Awaited<ReturnType<typeof collect>> | { events: never[] };
        all.push(...names(Array.isArray(page) ? page : page.events));
        if (all.length === 1000 || all.length === 3000) proxy.cut();
        if (all.length === 6000) break;
      }
      return all;
    };
    const back = { direction: 'backwards' } as const;
    expect(await cutting(client.readAll())).toEqual(range(6000));
    expect(await cutting(client.readAll(back))).toEqual(range(6000).reverse());
    expect(await cutting(client.readStream('a-1'))).toEqual(range(6000));
    expect(await cutting(client.readStream('a-1', back))).toEqual(range(6000).reverse());
    expect(await cutting(client.subscribe())).toEqual(range(6000));
    expect(await cutting(client.subscribe({ filter: { types: ['test.Happened'] } }))).toEqual(
      range(6000),
    );
    expect(proxy.connections()).toBeGreaterThan(6);
    await client.close();
    await proxy.close();
  });

  it('tells how far it is after a broken connection, though nothing passes', async () => {
    const proxy = await startProxy(portOf(served.url));
    const client = await openAt(proxy.url);
    let reached: bigint | undefined;
    const following = (async () => {
      for await (const { position } of client.subscribe({ filter: { types: ['test.Rare'] } })) {
        reached = position;
      }
    })();
    for (const n of range(3)) {
      await store.append('a-1', events(n), n === 0 ? 'none' : n - 1);
      const head = await kept.head();
      while (reached !== head) await timers.sleep(10);
      // It is at the end, and nothing is appended before it is heard again.
      const before = proxy.connections();
      proxy.cut();
      while (proxy.connections() === before) await timers.sleep(10);
      await timers.sleep(300);
    }
    await client.close();
    await following;
    await proxy.close();
  });

  it('says so when nobody answers, after a bounded time', async () => {
    const silent = await startProxy();
    const before = performance.now();
    await expect(openAt(silent.url, { deadline_ms: 300 })).rejects.toThrow(StoreUnavailable);
    expect(performance.now() - before).toBeLessThan(3000);
    await silent.close();
    const nobody = openAt(silent.url, { deadline_ms: 300 });
    await expect(nobody).rejects.toThrow(StoreUnavailable);
  });

  it('says so when a server that answered falls silent', async () => {
    await store.append('a-1', events(0), 'none');
    let speak: () => void = () => undefined;
    const silence = new Promise<void>((resolve) => {
      speak = resolve;
    });
    const append: EventStore['append'] = async (...write) => {
      await silence;
      return kept.append(...write);
    };
    const mute = await serveEventStore({ store: { ...kept, append }, port: 0 });
    const client = await openAt(mute.url, { deadline_ms: 300 });
    await expect(client.append('a-1', events(1), 0)).rejects.toThrow(StoreUnavailable);
    speak();
    await client.close();
    await mute.close();
  });

  it('is refused without the right credentials, at once', async () => {
    const credentials = { user: 'siti', password: 'rahasia' };
    const locked = await serveEventStore({ store: kept, port: 0, credentials });
    const before = performance.now();
    await expect(openAt(locked.url)).rejects.toThrow(StoreUnavailable);
    expect(performance.now() - before).toBeLessThan(3000);
    await locked.close();
  });
});

describe('the client of EventStoreDB, while its server is killed and comes back', () => {
  let folder: string;
  let server: Child;
  let store: EventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-served-'));
    server = await startServer({ path: folder });
    store = await openAt(server.url, { deadline_ms: 60_000 });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const restart = async () => {
    const { port } = server;
    await server.kill();
    server = await startServer({ port, path: folder });
  };

  it('appends each event once, and shows each once', async () => {
    const total = 8 * 200;
    const controller = new AbortController();
    const watch = (options: Subscribe) =>
      follow(
        store.subscribe({ ...options, signal: controller.signal }),
        (_, seen) => seen.length >= total,
      );
    const watched = [watch({}), watch({ filter: { categories: ['w'] }, batchSize: 7 })];
    const write = async (writer: number) => {
      for (const n of range(200)) {
        const event = anEvent(`${writer}:${n}`);
        const answer = await store.append(`w-${writer}`, [event], n === 0 ? 'none' : n - 1);
        expect(answer.revision).toBe(n);
      }
    };
    const writing = Promise.all(range(8).map(write));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await restart();
    await writing;
    const log = await collect(store.readAll());
    expect(log).toHaveLength(total);
    for (const { seen } of await Promise.all(watched)) expect(seen).toEqual(log);
    controller.abort();
  });

  it('leaves the appends to another server alone', async () => {
    const other = await startServer();
    const beside = await openAt(other.url);
    let isKilled = false;
    const appended = async () => {
      for (let n = 0; !isKilled || n < 100; n++) {
        const several = range(20).map((m) =>
          beside.append(`b-${m}`, [anEvent(n)], n ? n - 1 : 'none'),
        );
        await Promise.all(several);
      }
    };
    const appending = appended();
    const failing = Promise.allSettled(
      range(50).map((n) => store.append(`a-${n}`, [anEvent(n)], 'any')),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    await restart();
    isKilled = true;
    await appending;
    await failing;
    await beside.close();
    await other.stop();
  });
});
