import {
  AckPolicy,
  type Consumer,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type { FeedEntry } from '#lumbung/kernel';
import { type FeedLine, type Heard, LineUnavailable } from '../feed/line.js';

const ASK_MS = 2_000;
const GROUP = 500;
const FETCH_MS = 1_000;

// nats-server's own error codes (server/errors.json).
const CONSUMER_NOT_FOUND = 10_014;
const NO_MESSAGE_FOUND = 10_037;
const STREAM_NOT_FOUND = 10_059;

export type JetStreamLineOptions = { connection: NatsConnection; regency: string };

const codeOf = (error: unknown) => (error instanceof JetStreamApiError ? error.code : undefined);

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
export const jetStreamLine = ({ connection, regency }: JetStreamLineOptions): FeedLine => {
  const digits = regency.replace('.', '');
  const names = new RegExp(`^FEED_${digits}_(\\d+)$`);
  const nameOf = (generation: number) => `FEED_${digits}_${generation}`;
  const subjectOf = (generation: number) => `feed.${digits}.${generation}`;
  const client = jetstream(connection, { timeout: ASK_MS });
  const manager = () => jetstreamManager(connection, { timeout: ASK_MS, checkAPI: false });

  const generations = async (): Promise<number[]> => {
    const { streams } = await manager();
    const found: number[] = [];
    for await (const name of streams.names(`feed.${digits}.*`)) {
      const [, generation] = names.exec(name) ?? [];
      if (generation) found.push(Number(generation));
    }
    return found;
  };

  const configOf = (generation: number): Partial<StreamConfig> & { name: string } => ({
    name: nameOf(generation),
    subjects: [subjectOf(generation)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    duplicate_window: nanos(120_000),
    deny_purge: true,
  });

  /** Its place is the caller's to know: one that the broker holds elsewhere begins again there. */
  const consumerOf = async (name: string, consumer: string, after: number): Promise<Consumer> => {
    const { consumers } = await manager();
    const known = await consumers.info(name, consumer).catch((error) => {
      if (codeOf(error) === CONSUMER_NOT_FOUND) return undefined;
      throw error;
    });
    const isThere = known?.ack_floor.stream_seq === after && known.num_ack_pending === 0;
    if (known && !isThere) await consumers.delete(name, consumer);
    if (!isThere) {
      await consumers.add(name, {
        durable_name: consumer,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: after + 1,
      });
    }
    return client.consumers.get(name, consumer);
  };

  const line: FeedLine = {
    latest: () =>
      attempted(async () => {
        const generation = Math.max(0, ...(await generations()));
        if (generation === 0) return;
        const name = nameOf(generation);
        const { state } = await (await manager()).streams.info(name);
        return { generation, name, last: state.last_seq };
      }),
    entry: ({ name }, sequence) =>
      attempted(async () => {
        const { streams } = await manager();
        const found = await streams.getMessage(name, { seq: sequence }).catch((error) => {
          if (codeOf(error) === NO_MESSAGE_FOUND) return null;
          throw error;
        });
        return found ? payloadOf(found.data) : undefined;
      }),
    begin: (generation) =>
      attempted(async () => {
        const config = configOf(generation);
        const { state } = await (await manager()).streams.add(config);
        return { generation, name: config.name, last: state.last_seq };
      }),
    end: ({ name }) =>
      attempted(async () => {
        await (await manager()).streams.delete(name).catch((error) => {
          if (codeOf(error) !== STREAM_NOT_FOUND) throw error;
        });
      }),
    publish: ({ generation, name }, entry: FeedEntry) =>
      attempted(async () => {
        const { regency: of, sequence } = entry;
        await client.publish(subjectOf(generation), JSON.stringify(entry), {
          msgID: `${of}:${sequence}`,
          expect: { streamName: name, lastSequence: sequence - 1 },
          timeout: ASK_MS,
        });
      }),
    async *listen(name, after, signal) {
      const latest = await line.latest();
      if (!latest) throw new LineUnavailable('nothing is carried yet');
      const consumer = await attempted(() => consumerOf(latest.name, name, after));
      while (!signal.aborted) {
        const newest = await line.latest();
        if (newest?.generation !== latest.generation) return;
        yield* groups(consumer, signal);
      }
    },
  };
  return line;
};

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
