import fc from 'fast-check';
import { type EventStore, StoreUnavailable } from '#lumbung/event-store';
import { memoryEventStore } from '#lumbung/event-store/memory';
import { DAY_MS, epochMs, later, type Recorded } from '#lumbung/kernel';
import { countedJar, JarCounted, jars, Put, Take } from '../testing/jar.js';
import { MORNING, settled, virtualPlatform } from '../testing/platform.js';
import { LIMITS } from './limits.js';
import { Loaded } from './loaded.js';

type Part = { asOf: number; stateVersion: number; part: number; of: number; json: string };

const partsIn = (events: readonly Recorded[]): Part[] =>
  events.filter(({ type }) => type === JarCounted.type).map(({ data }) => data as Part);

const memory = () => memoryEventStore(virtualPlatform().platform);

/** A store that breaks at some parts of checkpoints, so that sets stay incomplete. */
const losingParts = (store: EventStore, lost: readonly boolean[]): EventStore => {
  let part = 0;
  return {
    ...store,
    async append(name, events, expected) {
      const isPart = events[0]?.type === JarCounted.type;
      if (isPart && lost[part++ % lost.length]) throw new StoreUnavailable('the disk is full');
      return store.append(name, events, expected);
    },
  };
};

/** All that a process knows of jar a, by what code of `stateVersion` finds. */
const knownTo = async (store: EventStore, stateVersion: number) => {
  const limits = { ...LIMITS.checkpoint, events: 1 };
  const loaded = await Loaded.open(store, countedJar(stateVersion), 'jar-a', limits);
  return {
    state: loaded.state,
    remembered: loaded.remembered.toJSON(),
    revision: loaded.revision,
    time: loaded.remembered.notBefore(MORNING),
  };
};

const NOBODYS_VERSION = 99;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: fc.integer(), note: fc.string({ unit: 'grapheme' }) }) },
  { weight: 2, arbitrary: fc.record({ take: fc.nat(100) }) },
  { weight: 2, arbitrary: fc.record({ again: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ passed_ms: fc.integer({ min: -DAY_MS, max: 40 * DAY_MS }) }),
  },
  { weight: 1, arbitrary: fc.record({ deployed: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Lives through the steps, each version of the code in turn, and answers the store. */
const live = async (steps: readonly Step[], lost: readonly boolean[]) => {
  const machine = virtualPlatform();
  const store = losingParts(memory(), lost);
  const limits = { checkpoint: { events: 3, growth: 1, part_bytes: 100 } };
  const running = (stateVersion: number) =>
    jars({ store, machine, limits, declaration: countedJar(stateVersion) });
  let current = running(1);
  let sent = 0;
  const sentAt = new Map<string, ReturnType<typeof later>>();
  for (const one of steps) {
    const id = `n${'again' in one ? one.again : sent++}`;
    const issuedAt = sentAt.get(id) ?? machine.platform.clock.now();
    sentAt.set(id, issuedAt);
    const sending = { id, issuedAt };
    if ('put' in one) {
      await current.send(Put, { coins: one.put, note: one.note }, sending).catch(refused);
    }
    if ('take' in one) await current.send(Take, { coins: one.take }, sending).catch(refused);
    if ('again' in one) await current.send(Put, { coins: 0 }, sending).catch(refused);
    if ('passed_ms' in one) machine.set(later(machine.platform.clock.now(), one.passed_ms));
    if ('deployed' in one) current = running(one.deployed);
    if ('restart' in one) current.restart();
  }
  // Whoever sent the last command is answered before its checkpoint is written.
  await settled();
  return { store, events: await current.events() };
};

const refused = (error: { name: string; code?: string }) => {
  if (error.name !== 'Rejection' && error.code !== 'CLOCK_BEHIND_LOG') throw error;
};

describe('a checkpoint', () => {
  it('holds all that a fold from the first event knows', async () => {
    let struck = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 60 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
        async (steps, lost) => {
          const { store, events } = await live(steps, lost);
          struck += partsIn(events).length;
          const fromZero = await knownTo(store, NOBODYS_VERSION);
          for (const version of [1, 2, 3]) {
            expect(await knownTo(store, version)).toEqual(fromZero);
          }
          const times = events.map(({ metadata }) => epochMs(metadata.recordedAt));
          expect(times).toEqual([...times].sort((a, b) => a - b));
        },
      ),
      { numRuns: 100 },
    );
    expect(struck).toBeGreaterThan(300);
  });

  it('is what the next reader begins with', async () => {
    const limits = { checkpoint: { events: 4, growth: 0 } };
    const { send, store } = jars({ declaration: countedJar(), limits });
    for (let coins = 0; coins < 9; coins++) await send(Put, { coins });
    const forwards: (number | undefined)[] = [];
    const watched: EventStore = {
      ...store,
      readStream(name, options = {}) {
        if (options.direction !== 'backwards') forwards.push(options.from);
        return store.readStream(name, options);
      },
    };
    const known = await knownTo(watched, 1);
    expect(forwards).toEqual([9]);
    expect(known.state).toEqual({
      jar: { coins: [0, 1, 2, 3, 4, 5, 6, 7, 8], notes: {}, owner: null },
    });
  });

  it('is struck after as many events and bytes as its bounds say, then counts anew', async () => {
    const limits = { checkpoint: { events: 3, growth: 2 } };
    const { send, events, restart } = jars({ declaration: countedJar(), limits });
    const note = 'x'.repeat(500);
    for (let coins = 0; coins < 60; coins++) {
      await send(Put, { coins, note });
      if (coins % 3 === 0) restart();
    }
    const struckAt = partsIn(await events()).map(({ asOf }) => asOf);
    expect(struckAt[0]).toBe(2);
    const gaps = struckAt.slice(1).map((asOf, index) => asOf - (struckAt[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) expect(gap).toBeGreaterThan(3);
  });

  it('is in parts of at most 256 KB, whatever letters the state holds', async () => {
    const { send, events, store } = jars({
      declaration: countedJar(),
      limits: { checkpoint: { events: 3, growth: 0 } },
    });
    const notes = ['padi 🌾', 'ꦏꦺꦴꦥꦺꦫꦱꦶ', '"kutip" \\ \n'].map((word) => word.repeat(9_000));
    for (const note of notes) await send(Put, { coins: 1, note });
    const parts = partsIn(await events());
    const { of } = parts[0] as Part;
    expect(of).toBeGreaterThan(2);
    expect(parts.map(({ part }) => part)).toEqual(Array.from({ length: of }, (_, part) => part));
    for (const { json } of parts) expect(Buffer.byteLength(json)).toBeLessThanOrEqual(256 * 1024);
    expect(await knownTo(store, 1)).toEqual(await knownTo(store, NOBODYS_VERSION));
  });

  it('that could not be written fails nobody', async () => {
    const store = losingParts(memory(), [true]);
    const limits = { checkpoint: { events: 2, growth: 0 } };
    const { send, coins } = jars({ store, declaration: countedJar(), limits });
    for (let count = 0; count < 5; count++) await send(Put, { coins: count });
    expect(await coins()).toEqual([0, 1, 2, 3, 4]);
  });

  it('is not looked for in a stream too short to have one', async () => {
    const { send, store } = jars({ declaration: countedJar() });
    for (let coins = 0; coins < 5; coins++) await send(Put, { coins });
    let backwards = 0;
    const watched: EventStore = {
      ...store,
      readStream(name, options = {}) {
        if (options.direction === 'backwards') backwards += 1;
        return store.readStream(name, options);
      },
    };
    await Loaded.open(watched, countedJar(), 'jar-a', LIMITS.checkpoint);
    expect(backwards).toBe(1);
  });
});
