/**
 * A test double of a MongoDB server, and not MongoDB: it speaks the wire protocol, so that the
 * official driver can be used, but knows only the commands, options and operators that the read
 * store gives, as the manual describes them, and answers all else with an error. It has no users,
 * no durability and no query planner; a search that no created index serves it refuses.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';
import { Databases, type Interference } from './commands.js';
import { Refusal } from './values.js';

const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

type Request = { id: number; kind: number; command: Document };

const documentAt = (bytes: Buffer, at: number): Document =>
  deserialize(bytes.subarray(at, at + bytes.readInt32LE(at)));

/** A list of documents that stands beside the command: its size, its name, then the documents. */
const sequenceAt = (bytes: Buffer, at: number): [string, Document[]] => {
  const end = at + bytes.readInt32LE(at);
  const nameEnd = bytes.indexOf(0, at + 4);
  const documents: Document[] = [];
  for (let next = nameEnd + 1; next < end; next += bytes.readInt32LE(next)) {
    documents.push(documentAt(bytes, next));
  }
  return [bytes.toString('utf8', at + 4, nameEnd), documents];
};

const commandIn = (message: Buffer): Document => {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if (flags !== 0) throw new Error(`the double does not know the flags ${flags}`);
  let command: Document = {};
  for (let at = HEADER_BYTES + 4; at < message.length; at += 1 + message.readInt32LE(at + 1)) {
    if (message[at] === 0) command = { ...documentAt(message, at + 1), ...command };
    else command = { ...command, ...Object.fromEntries([sequenceAt(message, at + 1)]) };
  }
  return command;
};

const requestIn = (message: Buffer): Request => {
  const id = message.readInt32LE(4);
  const kind = message.readInt32LE(12);
  if (kind === OP_MSG) return { id, kind, command: commandIn(message) };
  if (kind !== OP_QUERY) throw new Error(`the double does not read messages of kind ${kind}`);
  // The first greeting only: flags, the collection's name, two counts, the command.
  const at = message.indexOf(0, HEADER_BYTES + 4) + 1 + 8;
  return { id, kind, command: documentAt(message, at) };
};

const replyTo = ({ id, kind }: Request, answer: Document): Buffer => {
  const isOld = kind === OP_QUERY;
  // Old: flags, cursor, place and count; else flags and the kind of the section.
  const before = Buffer.alloc(isOld ? 20 : 5);
  if (isOld) before.writeInt32LE(1, 16);
  const body = serialize(answer);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + before.length + body.length, 0);
  header.writeInt32LE(id, 8);
  header.writeInt32LE(isOld ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, before, body]);
};

const sizeOf = (bytes: Buffer) =>
  bytes.length < 4 ? Number.POSITIVE_INFINITY : bytes.readInt32LE(0);

async function* messagesFrom(socket: Socket): AsyncGenerator<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= sizeOf(bytes)) {
      const size = sizeOf(bytes);
      yield bytes.subarray(0, size);
      bytes = bytes.subarray(size);
    }
  }
}

export type MongoDouble = Interference & {
  /** Of the server while it runs. */
  url: string;
  /** The commands that came, the newest last. */
  commands: Document[];
  /** Also once more, at the same address and with the same contents. */
  start(): Promise<void>;
  /** Breaks all connections, whatever they wait for. */
  stop(): Promise<void>;
};

/** A server that does not run yet. */
export const mongoDouble = (): MongoDouble => {
  let server: Server | undefined;
  let port = 0;
  const sockets = new Set<Socket>();
  const double: MongoDouble = { url: '', commands: [], start, stop };
  const databases = new Databases(double);

  const answerTo = async (command: Document): Promise<Document | 'hang up'> => {
    double.commands.push(command);
    const other = await double.beforeCommand?.(command);
    if (other) return other;
    try {
      return await databases.answer(command);
    } catch (error) {
      const unknown = new Refusal(8, 'UnknownError', String(error));
      const { code, codeName, message } = error instanceof Refusal ? error : unknown;
      return { ok: 0, errmsg: message, code, codeName };
    }
  };

  const serve = async (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    try {
      for await (const message of messagesFrom(socket)) {
        const request = requestIn(message);
        const answer = await answerTo(request.command);
        if (answer === 'hang up') break;
        socket.write(replyTo(request, answer));
      }
    } catch {
      // The client has gone, or said what cannot be read.
    } finally {
      socket.destroy();
    }
  };

  async function start() {
    server = createServer((socket) => void serve(socket));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    double.url = `mongodb://127.0.0.1:${port}`;
  }

  async function stop() {
    const closed = server && once(server, 'close');
    server?.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return double;
};
