import { type EventStore, StoreUnavailable } from '#lumbung/event-store';
import { memoryEventStore } from '#lumbung/event-store/memory';
import { type Instant, stream } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { Break, CoinsPut, jarStream, jars, Put, Take } from '../testing/jar.js';
import { settled, virtualPlatform } from '../testing/platform.js';
import { counting, failing, gated, shared } from '../testing/stores.js';

const memory = () => memoryEventStore(virtualPlatform().platform);

const UNAVAILABLE = { name: 'Unavailable', code: 'STORE_UNAVAILABLE' };

/** Another process puts coins into jar a. */
const putElsewhere = (store: EventStore, coins: number, version = 1) =>
  store.append('jar-a', [foreign(CoinsPut.type, { coins }, version)], 'any');

const foreign = (type: string, data: object, version = 1) => ({
  type,
  version,
  data,
  id: `00000000-0000-4000-8000-${String(Object.values(data)[0]).padStart(12, '0')}`,
  metadata: { ...TEST_METADATA, commandId: `c${JSON.stringify(data)}` as never },
});

describe('a failed append', () => {
  for (const when of ['before', 'after'] as const) {
    it(`is told to all who waited, and may be tried again (${when} it took hold)`, async () => {
      const { store, plan } = failing(memory());
      const { send, coins } = jars({ store });
      await send(Put, { coins: 1 }, { id: 'x' });
      plan.push(when);
      const ids = ['y', 'z'];
      const attempts = await Promise.allSettled(ids.map((id) => send(Put, { coins: 2 }, { id })));
      expect(attempts).toMatchObject([{ reason: UNAVAILABLE }, { reason: UNAVAILABLE }]);
      await Promise.all(ids.map((id) => send(Put, { coins: 2 }, { id })));
      expect(await coins()).toEqual([1, 2, 2]);
    });
  }

  it('leaves nothing in memory of what was not stored', async () => {
    const { store, plan } = failing(memory());
    const { send } = jars({ store });
    plan.push('before');
    await expect(send(Put, { coins: 5 })).rejects.toMatchObject(UNAVAILABLE);
    await expect(send(Take, { coins: 5 })).rejects.toThrow('JAR_TOO_EMPTY');
  });

  it('says why, for whoever reads the log of the process', async () => {
    const { store, plan } = failing(memory());
    const { send } = jars({ store });
    plan.push('before');
    const error = await send(Put, { coins: 5 }).catch((reason) => reason);
    expect(error.cause).toBeInstanceOf(StoreUnavailable);
  });

  it('does not undo what the same turn had stored before', async () => {
    const { store, plan } = failing(memory());
    const { send, coins } = jars({ store, limits: { batch_bytes: 500 } });
    plan.push('well', 'before');
    const attempts = await Promise.allSettled([1, 2].map((n) => send(Put, { coins: n })));
    expect(attempts).toMatchObject([{ status: 'fulfilled' }, { reason: UNAVAILABLE }]);
    expect(await coins()).toEqual([1]);
  });

  it('that no store would ever take is a bug, not a failure that passes', async () => {
    const { send } = jars();
    await expect(send(Put, { coins: 1 }, { jar: 'a\u0000b' })).rejects.toThrow('not a stream name');
  });
});

describe('a store that cannot be read', () => {
  it('is told so that the sender tries again', async () => {
    const store = memory();
    const { send } = jars({ store });
    await store.close();
    await expect(send(Put, { coins: 1 })).rejects.toMatchObject(UNAVAILABLE);
  });

  it('does not fail others when a first answer cannot be read again', async () => {
    const inner = memory();
    let broken = false;
    const store: EventStore = {
      ...inner,
      readStream(name, options) {
        if (broken) throw new StoreUnavailable('the connection broke');
        return inner.readStream(name, options);
      },
    };
    const { send } = jars({ store });
    await send(Put, { coins: 1 }, { id: 'x' });
    broken = true;
    const both = await Promise.allSettled([
      send(Put, { coins: 1 }, { id: 'x' }),
      send(Put, { coins: 2 }),
    ]);
    expect(both).toMatchObject([{ reason: UNAVAILABLE }, { status: 'fulfilled' }]);
  });
});

describe('another writer', () => {
  it('makes a command be decided again, on what he wrote', async () => {
    const store = shared(memory());
    const { send, coins } = jars({ store });
    await send(Put, { coins: 1 });
    await putElsewhere(store, 4);
    const taken = await send(Take, { coins: 5 });
    expect(taken.revision).toBe(2);
    await putElsewhere(store, 7);
    await Promise.all([send(Put, { coins: 2 }), send(Put, { coins: 3 })]);
    expect(await coins()).toEqual([1, 4, 7, 2, 3]);
  });

  it('who is always faster lets a command give up', async () => {
    const inner = memory();
    let appends = 0;
    const store: EventStore = {
      ...inner,
      async append(name, events, expected) {
        await putElsewhere(inner, appends++);
        return inner.append(name, events, expected);
      },
    };
    const { send } = jars({ store, limits: { attempts: 4 } });
    const busy = await Promise.allSettled([send(Put, { coins: 1 }), send(Put, { coins: 2 })]);
    const TOO_BUSY = { name: 'Unavailable', code: 'TOO_BUSY' };
    expect(busy).toMatchObject([{ reason: TOO_BUSY }, { reason: TOO_BUSY }]);
    expect(appends).toBe(4);
  });

  it('is looked for before a refusal, where there may be one', async () => {
    for (const [store, code] of [
      [memory(), 'JAR_TOO_EMPTY'],
      [shared(memory()), undefined],
    ] as const) {
      const { send } = jars({ store });
      await send(Put, { coins: 1 });
      await putElsewhere(store, 4);
      const answer = await send(Take, { coins: 5 }).catch((reason) => reason);
      expect(answer.code).toBe(code);
    }
  });

  it('does not keep a refusal from being final', async () => {
    const { send } = jars({ store: shared(memory()) });
    await expect(send(Take, { coins: 5 })).rejects.toThrow('JAR_TOO_EMPTY');
    await send(Put, { coins: 1 });
    await expect(send(Take, { coins: 5 })).rejects.toThrow('JAR_TOO_EMPTY');
  });
});

describe('a stream newer than the code', () => {
  const NEWER = { name: 'Unavailable', code: 'STREAM_NEWER_THAN_CODE' };

  it('takes no command after an event that no slice knows', async () => {
    const store = memory();
    const { send, events } = jars({ store });
    await store.append('jar-a', [foreign('jar.LidPainted', { colour: 1 })], 'none');
    const both = await Promise.allSettled([send(Put, { coins: 1 }), send(Take, { coins: 1 })]);
    expect(both).toMatchObject([{ reason: NEWER }, { reason: NEWER }]);
    expect(await events()).toHaveLength(1);
    await send(Put, { coins: 1 }, { jar: 'b' });
  });

  it('takes none after a newer version of an event', async () => {
    const store = memory();
    const { send } = jars({ store });
    await send(Put, { coins: 1 });
    await putElsewhere(store, 2, 2);
    await expect(send(Put, { coins: 1 })).rejects.toMatchObject(NEWER);
    await expect(send(Put, { coins: 1 })).rejects.toMatchObject(NEWER);
  });
});

describe('a bug', () => {
  for (const at of ['decide', 'evolve', 'schema', 'json'] as const) {
    it(`in ${at} fails its command only, and leaves no trace`, async () => {
      const { store, appends } = counting(memory());
      const { send, events, coins } = jars({ store });
      const results = await Promise.allSettled([
        send(Put, { coins: 1 }),
        send(Break, { at }),
        send(Put, { coins: 2 }),
        send(Take, { coins: 4 }),
      ]);
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
      ]);
      expect(results[1]).not.toMatchObject({ reason: { name: 'Rejection' } });
      expect(results[1]).not.toMatchObject({ reason: { name: 'Unavailable' } });
      expect(results[3]).toMatchObject({ reason: { code: 'JAR_TOO_EMPTY' } });
      expect(await coins()).toEqual([1, 2]);
      expect(await events()).toHaveLength(2);
      expect(appends).toHaveLength(2);
    });
  }

  it('in the clock does not stop the stream', async () => {
    const machine = virtualPlatform();
    let broken = true;
    const now = (): Instant => {
      if (broken) throw new TypeError('no clock');
      return machine.platform.clock.now();
    };
    const platform = { ...machine.platform, clock: { ...machine.platform.clock, now } };
    const { send } = jars({ machine: { ...machine, platform } });
    const issuedAt = machine.platform.clock.now();
    await expect(send(Put, { coins: 1 }, { issuedAt })).rejects.toThrow('no clock');
    broken = false;
    await send(Put, { coins: 1 }, { issuedAt });
  });

  it('of a decider that declares no event for what it says is found', async () => {
    const { jar } = jarStream.slices;
    const undeclared = stream('jar', {
      jar: {
        ...jar,
        decide: { ...jar?.decide, Put: () => [{ ...CoinsPut({ coins: 1 }), type: 'jar.X' }] },
      },
    } as never);
    const { send } = jars({ declaration: undeclared });
    await expect(send(Put, { coins: 1 })).rejects.toThrow('jar-a decided jar.X');
  });
});

it('a queue goes on after a failure while others wait', async () => {
  const gate = gated(memory());
  const { store, plan } = failing(gate.store);
  const { send, coins } = jars({ store });
  plan.push('before', 'well');
  const first = send(Put, { coins: 1 }).catch(() => 'failed');
  const second = first.then(() => send(Put, { coins: 2 }));
  expect(await first).toBe('failed');
  await settled();
  gate.release();
  await second;
  expect(await coins()).toEqual([2]);
});
