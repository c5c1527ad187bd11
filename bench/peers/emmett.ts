import type { MeasuredStore, NewEvent, Seen } from '../store/peer.js';

type Message = Seen & { type: string };
type Expected = bigint | 'STREAM_DOES_NOT_EXIST';

/** The part that all event stores of emmett share. */
export type EmmettStore = {
  appendToStream(
    stream: string,
    messages: Message[],
    options: { expectedStreamVersion: Expected },
  ): Promise<unknown>;
  readStream(stream: string): Promise<{ events: Seen[] }>;
};

type Page = { messages: Seen[]; currentGlobalPosition: bigint };

// It sorts all that is left for each page, so that few large ones are kindest to it.
const PAGE = 10_000;

/** A page of all messages, which emmett reads beside its store and not through it. */
export type ReadMessages = (range: { after: bigint; batchSize: number }) => Promise<Page>;

// Versions begin with 1; an exact one is checked, and a new stream is inserted as new.
const expectedVersion = (revision: number): Expected =>
  revision < 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision + 1);

const messageOf = ({ type, data, metadata }: NewEvent): Message => ({ type, data, metadata });

export const emmettStore = (
  store: EmmettStore,
  readMessages: ReadMessages,
): Pick<MeasuredStore, 'append' | 'readAll' | 'readStream'> => ({
  async append(stream, events, expected) {
    const expectedStreamVersion = expectedVersion(expected);
    await store.appendToStream(stream, events.map(messageOf), { expectedStreamVersion });
  },
  async *readAll() {
    for (let after = 0n; ; ) {
      const { messages, currentGlobalPosition } = await readMessages({ after, batchSize: PAGE });
      if (messages.length === 0) return;
      yield messages;
      after = currentGlobalPosition;
    }
  },
  readStream: async (stream) => (await store.readStream(stream)).events,
});
