import type { EventStore, NewEvent } from '#lumbung/event-store';
import { memoryEventStore } from '#lumbung/event-store/memory';
import {
  type EventDeclaration,
  event,
  type Metadata,
  type Projection,
  projection,
  toPublic,
  uuidOf,
  when,
  z,
} from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { CoinsPut } from './jar.js';
import { virtualPlatform } from './platform.js';

export type Holding = { jar: string; coins: number[]; count: number };

type Coins = EventDeclaration<string, { coins: number }>;

/** What jars hold: one document for each, and one for all of them, in the order of the log. */
export const holdingsOf = (
  declaration: Coins,
  { name = 'holdings', version = 1 } = {},
): Projection<Holding> =>
  projection<Holding>({
    name,
    version,
    indexes: { jar: ['jar'], count: ['count', 'jar'] },
    initial: (jar) => ({ jar, coins: [], count: 0 }),
    on: [
      when(declaration, {
        keys: ({ stream }) => [stream, 'all'],
        evolve: (holding, { data }) => {
          holding.coins.push(data.coins);
          holding.count += 1;
          return holding;
        },
      }),
    ],
  });

export const holdings = holdingsOf(CoinsPut);

export const CoinsLent = event('jar.CoinsLent', 1, { coins: z.int() });
export const loans = holdingsOf(CoinsLent, { name: 'loans' });

/** The second version of the same event, as newer code writes and knows it. */
export const NewerCoinsPut = event(
  CoinsPut.type,
  2,
  { coins: z.int() },
  { 1: ({ coins }: { coins: number }) => ({ coins }) },
);

/** What others are told of coins; nothing of those that are worth nothing. */
export const CoinsTold = event('jar.CoinsTold', 1, { coins: z.int() });

export const tellingOf = (from: Coins) =>
  toPublic(from, CoinsTold, ({ data: { coins } }) => (coins === 0 ? undefined : { coins }));

type Written = { stream?: string; version?: number; metadata?: Partial<Metadata> };

/** Coins are told apart by their number, so each may be written once. */
export const coin = (
  coins: number,
  { version = 1, metadata = {} }: Written = {},
  declaration: Coins = CoinsPut,
): NewEvent => ({
  type: declaration.type,
  version,
  data: { coins },
  id: uuidOf('coin', declaration.type, coins),
  metadata: { ...TEST_METADATA, ...metadata },
});

export const emptyLog = (): EventStore => memoryEventStore(virtualPlatform().platform);

/** Writes coins, one by one, where no command runner would. */
export const write = async (
  store: EventStore,
  coins: readonly number[],
  written: Written = {},
  declaration?: Coins,
): Promise<bigint> => {
  let position = 0n;
  for (const one of coins) {
    const events = [coin(one, written, declaration)];
    ({ position } = await store.append(written.stream ?? 'jar-a', events, 'any'));
  }
  return position;
};

/** The log as one whose subscriptions give a few events at a time. */
export const inSmallBatches = (store: EventStore, batchSize: number): EventStore => ({
  ...store,
  subscribe: (options) => store.subscribe({ ...options, batchSize }),
});
