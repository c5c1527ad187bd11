import {
  AckPolicy,
  type Consumer,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type { FeedEntry } from '#lumbung/kernel';
import { type FeedLine, type Heard, type LineGeneration, LineUnavailable } from '../feed/line.js';

const ASK_MS = 2_000;
const GROUP = 500;
const FETCH_MS = 1_000;
const DUPLICATES_MS = 120_000;

// Whoever comes back later than that says himself where he is.
const FORGOTTEN_MS = 86_400_000;

// nats-server's own error codes (server/errors.json).
const CONSUMER_NOT_FOUND = 10_014;
const NO_MESSAGE_FOUND = 10_037;
const STREAM_NOT_FOUND = 10_059;

export type JetStreamLineOptions = { connection: NatsConnection; regency: string };

/** What is asked for is not there, which is an answer. */
const unless = async <T>(code: number, asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === code) return;
    throw error;
  }
};

/** Whatever goes wrong with a broker, what it was to carry is still in the log. */
const attempted = async <T>(attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    throw new LineUnavailable('the broker does not answer', { cause: error });
  }
};

const payloadOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
};

const heard = (message: JsMsg): Heard => ({
  payload: payloadOf(message.data),
  done: () => message.ack(),
});

/**
 * A regency's feed over JetStream: the stream `FEED_3506_2` is its second generation, and holds
 * each entry at the entry's own sequence.
 */
class JetStreamLine implements FeedLine {
  private readonly digits: string;
  private readonly client: JetStreamClient;

  constructor(private readonly options: JetStreamLineOptions) {
    this.digits = options.regency.replace('.', '');
    this.client = jetstream(options.connection, { timeout: ASK_MS });
  }

  latest(): Promise<LineGeneration | undefined> {
    return attempted(async () => {
      const generation = await this.newest();
      if (generation === 0) return;
      const name = this.nameOf(generation);
      const { state } = await (await this.manager()).streams.info(name);
      return { generation, name, last: state.last_seq };
    });
  }

  entry({ name }: LineGeneration, sequence: number): Promise<unknown> {
    return attempted(async () => {
      const { streams } = await this.manager();
      const asked = streams.getMessage(name, { seq: sequence });
      const found = await unless(NO_MESSAGE_FOUND, asked);
      return found ? payloadOf(found.data) : undefined;
    });
  }

  begin(generation: number): Promise<LineGeneration> {
    return attempted(async () => {
      const config = this.configOf(generation);
      const { state } = await (await this.manager()).streams.add(config);
      return { generation, name: config.name, last: state.last_seq };
    });
  }

  end({ name }: LineGeneration): Promise<void> {
    return attempted(async () => {
      await unless(STREAM_NOT_FOUND, (await this.manager()).streams.delete(name));
    });
  }

  publish({ generation, name }: LineGeneration, entry: FeedEntry): Promise<void> {
    return attempted(async () => {
      const { regency, sequence } = entry;
      await this.client.publish(this.subjectOf(generation), JSON.stringify(entry), {
        msgID: `${regency}:${sequence}`,
        expect: { streamName: name, lastSequence: sequence - 1 },
        timeout: ASK_MS,
      });
    });
  }

  async *listen(name: string, after: number, signal: AbortSignal): AsyncGenerator<Heard[]> {
    const latest = await this.latest();
    if (!latest) throw new LineUnavailable('nothing is carried yet');
    const consumer = await attempted(() => this.consumerOf(latest.name, name, after));
    while (!signal.aborted) {
      const newest = await this.latest();
      if (newest?.generation !== latest.generation) return;
      yield* groups(consumer, signal);
    }
  }

  private manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.options.connection, { timeout: ASK_MS, checkAPI: false });
  }

  private nameOf(generation: number): string {
    return `FEED_${this.digits}_${generation}`;
  }

  private subjectOf(generation: number | '*'): string {
    return `feed.${this.digits}.${generation}`;
  }

  private async newest(): Promise<number> {
    const { streams } = await this.manager();
    let newest = 0;
    for await (const name of streams.names(this.subjectOf('*'))) {
      const generation = Number(name.split('_').at(-1));
      if (name === this.nameOf(generation)) newest = Math.max(newest, generation);
    }
    return newest;
  }

  private configOf(generation: number): Partial<StreamConfig> & { name: string } {
    return {
      name: this.nameOf(generation),
      subjects: [this.subjectOf(generation)],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.New,
      duplicate_window: nanos(DUPLICATES_MS),
      deny_purge: true,
    };
  }

  /** Its place is the caller's to know: one that the broker holds elsewhere begins again there. */
  private async consumerOf(name: string, consumer: string, after: number): Promise<Consumer> {
    const { consumers } = await this.manager();
    const known = await unless(CONSUMER_NOT_FOUND, consumers.info(name, consumer));
    const isThere = known?.ack_floor.stream_seq === after && known.num_ack_pending === 0;
    if (known && !isThere) await consumers.delete(name, consumer);
    if (!isThere) {
      await consumers.add(name, {
        durable_name: consumer,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: after + 1,
        inactive_threshold: nanos(FORGOTTEN_MS),
      });
    }
    return this.client.consumers.get(name, consumer);
  }
}

/** What one fetch brings, together what came together. */
async function* groups(consumer: Consumer, signal: AbortSignal): AsyncGenerator<Heard[]> {
  const messages = await attempted(() =>
    consumer.fetch({ max_messages: GROUP, expires: FETCH_MS }),
  );
  const stop = () => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    let group: Heard[] = [];
    for await (const message of messages) {
      group.push(heard(message));
      if (messages.getPending() > 0) continue;
      yield group;
      group = [];
    }
  } catch (error) {
    throw new LineUnavailable('the broker does not answer', { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    messages.stop();
  }
}

export const jetStreamLine = (options: JetStreamLineOptions): FeedLine =>
  new JetStreamLine(options);
