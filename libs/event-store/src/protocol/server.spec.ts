import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { instantAt } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { memoryEventStore } from '../memory/index.js';
import type { EventStore, NewEvent } from '../port.js';
import { type Served, type ServeOptions, serveEventStore } from './index.js';
import { framing } from './wire/framing.js';
import { bigint, message, nested, number, repeated, text } from './wire/protobuf.js';
import { writeMessage } from './wire/responses.js';
import { Writer } from './wire/writer.js';

const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
const STREAMS = 'event_store.client.streams.Streams';

let store: EventStore;
let served: Served;
let session: ClientHttp2Session;

const serve = async (options: Partial<ServeOptions> = {}) => {
  store = memoryEventStore({ random: { bytes: randomBytes }, clock });
  served = await serveEventStore({ store, port: 0, ...options });
  session = connect(`http://127.0.0.1:${new URL(served.url).port}`);
  session.on('error', () => undefined);
};

afterEach(async () => {
  session.destroy();
  await served.close();
  await store.close();
});

const request = (path: string, write: (writer: Writer) => void, headers = {}) => {
  const stream = session.request({ ':method': 'POST', ':path': `/${path}`, ...headers });
  const writer = new Writer();
  writeMessage(writer, write);
  stream.on('error', () => undefined);
  stream.end(writer.take());
  return stream;
};

/** What is answered, and how it ends. */
const call = async (...args: Parameters<typeof request>) => {
  const stream = request(...args);
  const messages: Buffer[] = [];
  let ending: Record<string, unknown> = {};
  const note = (headers: Record<string, unknown>) => {
    if (headers['grpc-status']) ending = headers;
  };
  stream.on('response', note);
  stream.on('trailers', note);
  stream.on(
    'data',
    framing((answer) => messages.push(answer)),
  );
  await once(stream, 'close');
  return { messages, status: ending['grpc-status'], message: ending['grpc-message'] };
};

const readAll =
  (structured = false) =>
  (writer: Writer) =>
    writer.nested(1, () => {
      writer.nested(2, () => writer.empty(2));
      writer.number(5, 10_000_000);
      writer.empty(8);
      writer.nested(9, () => writer.empty(structured ? 1 : 2));
    });

const nothing = () => undefined;

const events = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    ...{ type: 'test.Happened', version: 1, data: { n, padding: 'x'.repeat(1000) } },
    metadata: TEST_METADATA,
  }));

describe('the server', () => {
  it('tells what it can do, and where it is', async () => {
    await serve();
    const features = 'event_store.client.server_features.ServerFeatures/GetSupportedMethods';
    const methods = nested({ method: [1, text], service: [2, text] });
    const [supported] = (await call(features, nothing)).messages;
    const read = message({ methods: [1, repeated(methods)], version: [2, text] });
    const { methods: known, version } = read(supported as Buffer);
    expect(known).toContainEqual({ method: 'batchappend', service: STREAMS.toLowerCase() });
    expect(version).toBe('24.10.0');
    const [gossip] = (await call('event_store.client.gossip.Gossip/Read', nothing)).messages;
    const endpoint = nested({ address: [1, text], port: [2, number] });
    const members = message({
      member: [1, nested({ state: [3, number], endpoint: [5, endpoint] })],
    });
    const port = Number(new URL(served.url).port);
    expect(members(gossip as Buffer).member).toEqual({
      state: 8,
      endpoint: { address: '127.0.0.1', port },
    });
  });

  it('answers with headers before the request is whole', async () => {
    await serve();
    const headers = { ':method': 'POST', ':path': `/${STREAMS}/Read` };
    const stream = session.request(headers);
    const [response] = await once(stream, 'response');
    expect(response[':status']).toBe(200);
    stream.close();
  });

  it('implements nothing else', async () => {
    await serve();
    const path = 'event_store.client.users.Users/Create';
    expect(await call(path, nothing)).toEqual({
      ...{ messages: [], status: '12', message: `no /${path}` },
    });
  });

  it('refuses what is no request', async () => {
    await serve();
    expect((await call(`${STREAMS}/Read`, nothing)).status).toBe('3');
    expect((await call(`${STREAMS}/Read`, (writer) => writer.number(1, 1))).status).toBe('3');
    const filter = (writer: Writer) =>
      writer.nested(1, () => {
        writer.nested(2, () => writer.empty(2));
        writer.number(5, 1);
        writer.nested(7, () => writer.nested(1, () => writer.text(1, '(')));
      });
    expect((await call(`${STREAMS}/Read`, filter)).status).toBe('3');
    expect((await call(`${STREAMS}/Delete`, nothing)).message).toBe('the request has no options');
  });

  it('lets in who knows user and password', async () => {
    await serve({ credentials: { user: 'siti', password: 'rahasia:ö' } });
    const as = (login: string) => ({
      authorization: `Basic ${Buffer.from(login).toString('base64')}`,
    });
    const statusOf = async (headers = {}) =>
      (await call(`${STREAMS}/Read`, readAll(), headers)).status;
    expect(await statusOf(as('siti:rahasia:ö'))).toBe('0');
    expect(await statusOf(as('siti:rahasia'))).toBe('16');
    expect(await statusOf()).toBe('16');
    const features = 'event_store.client.server_features.ServerFeatures/GetSupportedMethods';
    expect((await call(features, nothing)).status).toBe('0');
  });

  it('writes ids as two numbers for whoever wants that', async () => {
    await serve();
    const event = { ...(events(1)[0] as NewEvent), id: 'ffffffff-ffff-4fff-bfff-00000000000a' };
    await store.append('a-1', [event], 'none');
    const id = nested({ parts: [1, nested({ most: [1, bigint], least: [2, bigint] })] });
    const read = message({ event: [1, nested({ event: [1, nested({ id: [1, id] })] })] });
    const { messages } = await call(`${STREAMS}/Read`, readAll(true));
    const parts = { most: 0xffffffffffff4fffn, least: 0xbfff00000000000an };
    expect(read(messages[0] as Buffer)).toEqual({ event: { event: { id: { parts } } } });
  });

  it('is unavailable when its store is closed', async () => {
    await serve();
    await store.close();
    expect((await call(`${STREAMS}/Read`, readAll())).status).toBe('14');
  });

  it('waits for a reader that is slow, and closes without it', async () => {
    await serve();
    const all = events(20_000);
    for (let at = 0; at < all.length; at += 1000) {
      await store.append('a-1', all.slice(at, at + 1000), 'any');
    }
    const before = process.memoryUsage().arrayBuffers;
    const stream = request(`${STREAMS}/Read`, readAll());
    await once(stream, 'response');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
    const closed = once(stream, 'close');
    stream.resume();
    stream.pause();
    await served.close();
    stream.resume();
    await closed;
    expect(stream.rstCode).not.toBe(0);
  });
});
