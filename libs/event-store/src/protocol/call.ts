import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { StoreUnavailable } from '../port.js';
import { type Failure, failureOf, STATUS } from './failure.js';
import { framing } from './wire/framing.js';
import { writeMessage } from './wire/responses.js';
import { Writer } from './wire/writer.js';

const CANCEL = 8;

// As gRPC wants it: UTF-8, percent-encoded where it is not printable ASCII.
const encoded = (message: string) =>
  Buffer.from(message)
    .toString()
    .replace(/[^ -$&-~]+/g, encodeURIComponent);

const trailersOf = ({ code, message, trailers }: Failure) => ({
  'grpc-status': String(code),
  ...(message && { 'grpc-message': encoded(message) }),
  ...trailers,
});

const HEADERS = { ':status': 200, 'content-type': 'application/grpc' };

/** Answers a call that nobody handles. */
export const turnAway = (stream: ServerHttp2Stream, failure: Failure): void => {
  stream.on('error', () => undefined);
  stream.respond({ ...HEADERS, ...trailersOf(failure) }, { endStream: true });
};

/** One call of a client, whose answer has begun. */
export class Call {
  private readonly stopping = new AbortController();
  /** Aborts when the client is gone, or the server closes. */
  readonly signal = this.stopping.signal;
  private ending: Failure = { code: STATUS.ok, message: '' };

  constructor(readonly stream: ServerHttp2Stream) {
    stream.on('error', () => undefined);
    stream.once('close', () => this.stop());
    stream.once('wantTrailers', () => stream.sendTrailers(trailersOf(this.ending)));
    // At once, before the request is whole: a client whose small packets wait for an
    // acknowledgement would else lose 40 ms here.
    stream.respond(HEADERS, { waitForTrailers: true });
  }

  /** Handles it to its end, good or bad. */
  async answer(handle: (call: Call) => Promise<void>): Promise<void> {
    try {
      await handle(this);
    } catch (error) {
      this.ending = failureOf(error);
    }
    if (!this.stream.destroyed) this.stream.end();
  }

  /** Ends what would go on; what is being answered is answered. */
  stop(): void {
    this.stopping.abort();
  }

  /** For a client that does not take the rest of its answer. */
  cut(): void {
    this.stream.close(CANCEL);
  }

  /** Resolves with the first message of the client, which is all of it in most calls. */
  request(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.receive(resolve).then(() => reject(new TypeError('the call has no request')), reject);
    });
  }

  /** Gives `take` each message as it comes; resolves after the last. */
  receive(take: (message: Buffer) => void): Promise<void> {
    const { stream, signal } = this;
    return new Promise((resolve, reject) => {
      const frame = framing(take);
      const stop = () => reject(this.left());
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      stream.once('end', resolve);
      stream.on('data', (chunk: Buffer) => {
        try {
          frame(chunk);
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Resolves when there is room for more. */
  async send(bytes: Buffer): Promise<void> {
    const { stream, signal } = this;
    if (signal.aborted) throw this.left();
    if (!stream.write(bytes)) await once(stream, 'drain', { signal }).catch(() => this.leave());
  }

  async sendMessage(write: (writer: Writer) => void): Promise<void> {
    const writer = new Writer();
    writeMessage(writer, write);
    await this.send(writer.take());
  }

  private left(): Error {
    return new StoreUnavailable('the server closes');
  }

  private leave(): never {
    throw this.left();
  }
}
