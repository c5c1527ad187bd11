import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import {
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { EventStore } from '../port.js';
import { batchAppend } from './batch.js';
import { Call, turnAway } from './call.js';
import { STATUS } from './failure.js';
import { read } from './read.js';
import { writeMembers, writeMethods } from './wire/responses.js';
import { append, deleteStream, tombstone } from './write.js';

const STREAMS = 'event_store.client.streams.Streams';
const GOSSIP = 'event_store.client.gossip.Gossip';
const FEATURES = 'event_store.client.server_features.ServerFeatures';

// The version whose protocol this is; clients judge by it what a server can do.
const VERSION = '24.10.0';

type Handle = (call: Call, store: EventStore) => Promise<void>;

const HANDLERS: Record<string, Handle> = {
  [`/${STREAMS}/Read`]: read,
  [`/${STREAMS}/Append`]: append,
  [`/${STREAMS}/BatchAppend`]: batchAppend,
  [`/${STREAMS}/Delete`]: deleteStream,
  [`/${STREAMS}/Tombstone`]: tombstone,
  [`/${GOSSIP}/Read`]: async (call, store) => {
    const { localAddress = '', localPort = 0 } = call.stream.session?.socket ?? {};
    await call.sendMessage((writer) => writeMembers(writer, store.id, localAddress, localPort));
  },
  [`/${FEATURES}/GetSupportedMethods`]: (call) =>
    call.sendMessage((writer) => writeMethods(writer, METHODS, VERSION)),
};

// Clients look for names in lower case.
const METHODS = Object.keys(HANDLERS).map((path) => {
  const [, service = '', method = ''] = path.toLowerCase().split('/');
  return [service, method] as const;
});

export type Credentials = { user: string; password: string };

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Says who may call; what tells only about the server may be asked by anybody. */
const guard = (credentials: Credentials | undefined) => {
  if (!credentials) return () => true;
  const { user, password } = credentials;
  const right = digest(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  return (path: string, { authorization = '' }: IncomingHttpHeaders) =>
    !path.startsWith(`/${STREAMS}/`) || timingSafeEqual(digest(authorization), right);
};

/** Key and certificate, in PEM. */
export type Tls = { key: Buffer; cert: Buffer };

export type ServeOptions = {
  store: EventStore;
  /** 0 for any that is free. */
  port: number;
  host?: string;
  /** Anybody may call when absent. */
  credentials?: Credentials | undefined;
  /** In clear when absent. */
  tls?: Tls | undefined;
};

export type Served = {
  /** The connection string for a client. */
  url: string;
  /** Answers what was accepted, ends what would go on; the store stays open. */
  close(): Promise<void>;
};

const WINDOW_BYTES = 1024 * 1024;
const SESSION_MEGABYTES = 256;

/** In turns of the event loop. */
const PATIENCE = 2000;

/** Serves an event store to the official clients of EventStoreDB: its protocol for streams. */
export const serveEventStore = async (options: ServeOptions): Promise<Served> => {
  const { store, port, host = '127.0.0.1', credentials, tls } = options;
  const mayCall = guard(credentials);
  const sessions = new Set<ServerHttp2Session>();
  const calls = new Map<Call, Promise<void>>();

  const accept = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const path = headers[':path'] ?? '';
    const handle = HANDLERS[path];
    if (!handle) return turnAway(stream, { code: STATUS.unimplemented, message: `no ${path}` });
    if (!mayCall(path, headers)) {
      return turnAway(stream, { code: STATUS.unauthenticated, message: 'wrong credentials' });
    }
    const call = new Call(stream);
    const answered = call.answer((answering) => handle(answering, store));
    calls.set(call, answered);
    stream.once('close', () => calls.delete(call));
  };

  const sized = {
    maxSessionMemory: SESSION_MEGABYTES,
    settings: { initialWindowSize: WINDOW_BYTES },
  };
  const server = tls ? createSecureServer({ ...sized, ...tls }) : createServer(sized);
  server.on('connection', (socket: Socket) => socket.setNoDelay());
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(16 * WINDOW_BYTES);
    session.on('error', () => undefined);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', accept);
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;

  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const call of calls.keys()) call.stop();
    await Promise.all(calls.values());
    for (const session of sessions) session.close();
    // Who does not take how it ends for so long is cut off.
    for (let turn = 0; turn < PATIENCE && calls.size > 0; turn++) await setImmediate();
    for (const call of calls.keys()) call.cut();
    await closed;
  };

  let closing: Promise<void> | undefined;
  return {
    url: `esdb://${host}:${actual}?tls=${tls !== undefined}`,
    close: () => (closing ??= close()),
  };
};
