import { createHash } from 'node:crypto';
import type { EventStore } from '#lumbung/event-store';
import { memoryEventStore } from '#lumbung/event-store/memory';
import {
  type Caller,
  type CommandDeclaration,
  type CommandId,
  checkpointEvent,
  command,
  type Decider,
  type Ensure,
  type EventOf,
  ensureWith,
  event,
  type Instant,
  identifying,
  Nik,
  PersonId,
  personal,
  type Recorded,
  retold,
  Sealed,
  type StreamDeclaration,
  stream,
  type UserName,
  uuidOf,
  z,
} from '#lumbung/kernel';
import { Commands, type Deployment } from '../commands/commands.js';
import { LIMITS, type Limits } from '../commands/limits.js';
import type { Sealing } from '../commands/sealing.js';
import { virtualPlatform } from './platform.js';

export const Put = command('Put', { coins: z.int(), note: z.string().optional() });
export const Take = command('Take', { coins: z.int() });
export const NameOwner = command('NameOwner', {
  nik: identifying(Nik),
  name: personal(z.string()),
  phone: personal(z.string()).optional(),
});
/** Breaks where it says. */
export const Break = command('Break', { at: z.enum(['decide', 'evolve', 'schema', 'json']) });

export const CoinsPut = event('jar.CoinsPut', 1, { coins: z.int(), note: z.string().optional() });
export const CoinsTaken = event('jar.CoinsTaken', 1, { coins: z.int(), left: z.array(z.int()) });
export const OwnerNamed = event('jar.OwnerNamed', 1, {
  person: PersonId,
  name: Sealed,
  phone: Sealed.optional(),
});
export const Broken = event('jar.Broken', 1, { at: z.string(), odd: z.unknown() });
export const JarCounted = checkpointEvent('jar.JarCounted');

type Jar = { coins: number[]; notes: Record<string, number>; owner: string | null };
type JarEvent = EventOf<typeof CoinsPut | typeof CoinsTaken | typeof OwnerNamed | typeof Broken>;

const rejections = { JAR_TOO_EMPTY: 'Isi celengan kurang.' };

const ensure: Ensure<typeof rejections> = ensureWith(rejections);

const total = (coins: readonly number[]) => coins.reduce((sum, coin) => sum + coin, 0);

// biome-ignore lint/suspicious/noExplicitAny: its commands are told apart by their names only
const jar: Decider<any, JarEvent, Jar, { jar: Jar }> = {
  commands: [Put, Take, NameOwner, Break],
  events: [CoinsPut, CoinsTaken, OwnerNamed, Broken],
  initial: { coins: [], notes: {}, owner: null },
  decide: {
    Put: ({ data }) => [CoinsPut(data)],
    Take: ({ data }, { jar: { coins } }) => {
      ensure(total(coins) >= data.coins, 'JAR_TOO_EMPTY');
      return [CoinsTaken({ coins: data.coins, left: coins as number[] })];
    },
    NameOwner: ({ data: { person, name, phone } }) => [OwnerNamed({ person, name, phone })],
    Break: ({ data: { at } }) => {
      if (at === 'decide') throw new TypeError('a decider with a bug');
      if (at === 'schema') return [{ ...CoinsPut({ coins: 0.5 }) }];
      return [Broken({ at, odd: at === 'json' ? new Map() : null })];
    },
  },
  evolve: {
    'jar.CoinsPut': (state, { coins, note }) => {
      state.coins.push(coins);
      if (note) state.notes[note] = (state.notes[note] ?? 0) + 1;
    },
    'jar.CoinsTaken': (state, { coins, left }) => {
      // Keeps what the event holds, as careless code may: nothing must come of it.
      state.coins = left;
      state.coins.push(0 - coins);
    },
    'jar.OwnerNamed': (state, { name }) => {
      state.owner = name;
    },
    'jar.Broken': (state) => {
      state.coins.push(Number.MAX_SAFE_INTEGER);
      throw new TypeError('a fold with a bug');
    },
  },
};

/** A jar of coins: no more can be taken than was put in. */
export const jarStream = stream('jar', { jar });

/** The same jar with checkpoints that code of `stateVersion` can read. */
export const countedJar = (stateVersion = 1): StreamDeclaration =>
  stream('jar', { jar }, { checkpoint: { event: JarCounted, stateVersion } });

export const DEPLOYMENT: Deployment = { regency: '35.06', zone: 'Asia/Jakarta', simulated: false };

export const CALLER: Caller = {
  user: 'bendahara' as UserName,
  role: 'pengurus',
  correlationId: 'a-thread',
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** As good as a vault for whoever only looks whether clear text is left. */
export const testSealing: Sealing = {
  hash: sha256,
  personOf: async (identity) => uuidOf('person', identity) as PersonId,
  seal: async (person, fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [name, Sealed.parse(sha256(person + text))]),
    ),
};

type Options = {
  store?: EventStore;
  machine?: ReturnType<typeof virtualPlatform>;
  limits?: Partial<Omit<Limits, 'checkpoint'>> & { checkpoint?: Partial<Limits['checkpoint']> };
  declaration?: StreamDeclaration;
};

type Sending = { id?: string; issuedAt?: Instant; jar?: string; caller?: Caller };

/** A command runner over jars; every command has an id of its own unless it is given one. */
export const jars = ({
  machine = virtualPlatform(),
  store = memoryEventStore(machine.platform),
  limits = {},
  declaration = jarStream,
}: Options = {}) => {
  let sent = 0;
  const bounds = {
    ...LIMITS,
    ...limits,
    checkpoint: { ...LIMITS.checkpoint, ...limits.checkpoint },
  };
  const reopened = () => new Commands(store, testSealing, machine.platform, DEPLOYMENT, bounds);
  let commands = reopened();
  const events = async (jar = 'a'): Promise<Recorded[]> => {
    const all: Recorded[] = [];
    for await (const batch of store.readStream(`jar-${jar}`)) {
      all.push(...batch.map((event) => retold(event, event)));
    }
    return all;
  };
  return {
    store,
    machine,
    events,
    /** Sends one command to a jar. */
    send: <T extends string, D>(
      { type }: CommandDeclaration<T, D>,
      data: NoInfer<Record<string, unknown>>,
      { id, issuedAt, jar = 'a', caller = CALLER }: Sending = {},
    ) => {
      const commandId = uuidOf('sent', id ?? `n${sent++}`) as CommandId;
      const at = issuedAt ?? machine.platform.clock.now();
      return commands.execute(
        declaration,
        [jar],
        { type, data, id: commandId, issuedAt: at },
        caller,
      );
    },
    /** Forgets all that is in memory, as a new process would. */
    restart: () => {
      commands = reopened();
    },
    coins: async (jar?: string) =>
      (await events(jar))
        .filter(({ type }) => type === CoinsPut.type)
        .map(({ data }) => (data as { coins: number }).coins),
  };
};
