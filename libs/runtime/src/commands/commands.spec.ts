import { memoryEventStore } from '#lumbung/event-store/memory';
import { instant, type Recorded, uuidOf } from '#lumbung/kernel';
import { CALLER, jars, NameOwner, OwnerNamed, Put, Take } from '../testing/jar.js';
import { settled, virtualPlatform } from '../testing/platform.js';
import { counting, gated } from '../testing/stores.js';

const memory = () => memoryEventStore(virtualPlatform().platform);

describe('a command', () => {
  it('becomes an event with all that is known of it', async () => {
    const { send, events, store } = jars();
    const answer = await send(Put, { coins: 5 }, { id: 'first' });
    const [event] = await events();
    expect(event).toEqual({
      type: 'jar.CoinsPut',
      version: 1,
      data: { coins: 5 },
      id: uuidOf('jar-a', uuidOf('sent', 'first'), 0),
      stream: 'jar-a',
      revision: 0,
      position: await store.head(),
      metadata: {
        commandId: uuidOf('sent', 'first'),
        commandHash: expect.stringMatching(/^.{43}$/),
        issuedAt: '2026-03-02T02:00:00.000Z',
        recordedAt: '2026-03-02T02:00:00.000Z',
        businessDate: '2026-03-02',
        correlationId: 'a-thread',
        actor: 'bendahara',
        role: 'pengurus',
        regency: '35.06',
      },
    });
    expect(answer).toEqual({ events: [event], revision: 0, position: event?.position });
  });

  it('is recorded on the day it is in the regency, with what set it off', async () => {
    const { send, events, machine } = jars();
    machine.set(instant('2026-03-02T17:30:00.000Z'));
    const caller = { ...CALLER, causationId: 'a-cause' };
    await send(Put, { coins: 5 }, { caller });
    const [event] = await events();
    expect(event?.metadata).toMatchObject({ businessDate: '2026-03-03', causationId: 'a-cause' });
  });

  it('is refused in the decider’s own words, and leaves nothing', async () => {
    const { send, events } = jars();
    await expect(send(Take, { coins: 1 })).rejects.toMatchObject({
      name: 'Rejection',
      code: 'JAR_TOO_EMPTY',
      sentence: 'Isi celengan kurang.',
    });
    expect(await events()).toEqual([]);
  });

  it('goes to a stream that takes it, or to none', async () => {
    const { send } = jars();
    const unknown = { ...Put, type: 'Shake' as const };
    await expect(send(unknown, {})).rejects.toThrow('jar takes no Shake');
  });

  it('is decided with personal values sealed, and none of them is stored in clear', async () => {
    const { send, events } = jars();
    const clear = { nik: '3506990101900001', name: 'Wage Prasetyo', phone: '081299000111' };
    const { events: answered } = await send(NameOwner, clear);
    const [event] = (await events()) as Recorded<ReturnType<typeof OwnerNamed>>[];
    expect(event?.data.person).toBe(uuidOf('person', clear.nik));
    expect(Object.keys(event?.data ?? {}).sort()).toEqual(['name', 'person', 'phone']);
    const stored = JSON.stringify([answered, event], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const value of Object.values(clear)) expect(stored).not.toContain(value);
  });

  it('keeps absent personal values absent', async () => {
    const { send, events } = jars();
    await send(NameOwner, { nik: '3506990101900001', name: 'Wage Prasetyo' });
    expect(Object.keys((await events())[0]?.data ?? {}).sort()).toEqual(['name', 'person']);
  });
});

describe('commands that wait for one stream', () => {
  it('share one append', async () => {
    const { store, appends } = counting(memory());
    const { send } = jars({ store });
    const answers = await Promise.all([1, 2, 3, 4].map((coins) => send(Put, { coins })));
    expect(appends.map((events) => events.length)).toEqual([4]);
    expect(answers.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    expect(answers.map(({ events }) => events.map(({ data }) => data))).toEqual(
      [1, 2, 3, 4].map((coins) => [{ coins }]),
    );
  });

  it('share the next one when they come while one is written', async () => {
    const gate = gated(memory());
    const { store, appends } = counting(gate.store);
    const { send } = jars({ store });
    const first = send(Put, { coins: 1 });
    await settled();
    const others = [send(Put, { coins: 2 }), send(Take, { coins: 3 }), send(Put, { coins: 4 })];
    await settled();
    gate.release();
    await first;
    await settled();
    gate.release();
    await Promise.all(others);
    expect(appends.map((events) => events.length)).toEqual([1, 3]);
  });

  it('do not share an append across streams', async () => {
    const { store, appends } = counting(memory());
    const { send } = jars({ store });
    await Promise.all([send(Put, { coins: 1 }), send(Put, { coins: 1 }, { jar: 'b' })]);
    expect(appends).toHaveLength(2);
  });

  it('see what those before them decided', async () => {
    const { send } = jars();
    const [, taken, refused] = await Promise.allSettled([
      send(Put, { coins: 5 }),
      send(Take, { coins: 5 }),
      send(Take, { coins: 1 }),
    ]);
    expect(taken.status).toBe('fulfilled');
    expect(refused).toMatchObject({ reason: { code: 'JAR_TOO_EMPTY' } });
  });

  it('are refused only when what the refusal saw is durable', async () => {
    const gate = gated(memory());
    const { send } = jars({ store: gate.store });
    let refused = false;
    const put = send(Put, { coins: 5 });
    const take = send(Take, { coins: 6 }).catch(() => {
      refused = true;
    });
    await settled();
    expect(gate.waiting()).toBe(1);
    expect(refused).toBe(false);
    gate.release();
    await Promise.all([put, take]);
    expect(refused).toBe(true);
  });

  it('leave their events as they were, whatever the state does with them later', async () => {
    const { send, events } = jars();
    await Promise.all([
      send(Put, { coins: 9 }),
      send(Take, { coins: 2 }),
      send(Take, { coins: 3 }),
      send(Put, { coins: 1 }),
    ]);
    const taken = (await events()).filter(({ type }) => type === 'jar.CoinsTaken');
    expect(taken.map(({ data }) => data)).toEqual([
      { coins: 2, left: [9] },
      { coins: 3, left: [9, -2] },
    ]);
  });

  it('never fill one append over its bound', async () => {
    const { store, appends } = counting(memory());
    const { send } = jars({ store });
    const note = 'x'.repeat(100_000);
    const revisions = await Promise.all(
      Array.from({ length: 12 }, async (_, coins) => (await send(Put, { coins, note })).revision),
    );
    expect(revisions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const sizes = appends.map((events) => JSON.stringify(events).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512 * 1024);
    expect(appends.map((events) => events.length)).toEqual([5, 1, 5, 1]);
  });

  it('append a single command’s events together, however many', async () => {
    const { store, appends } = counting(memory());
    const { send } = jars({ store });
    await send(Put, { coins: 1, note: 'x'.repeat(600_000) });
    expect(appends).toHaveLength(1);
  });
});

describe('time', () => {
  it('never runs backwards in a stream when the clock steps back a little', async () => {
    const { send, events, machine, restart } = jars();
    await send(Put, { coins: 1 });
    machine.set(instant('2026-03-02T01:50:00.000Z'));
    await send(Put, { coins: 2 });
    restart();
    await send(Put, { coins: 3 });
    machine.set(instant('2026-03-02T02:00:01.000Z'));
    await send(Put, { coins: 4 });
    const times = (await events()).map(({ metadata }) => metadata.recordedAt);
    expect(times).toEqual([
      '2026-03-02T02:00:00.000Z',
      '2026-03-02T02:00:00.000Z',
      '2026-03-02T02:00:00.000Z',
      '2026-03-02T02:00:01.000Z',
    ]);
  });
});

describe('streams in memory', () => {
  it('are forgotten when there are too many, the longest unused first', async () => {
    const inner = memory();
    const opened: string[] = [];
    const store: typeof inner = {
      ...inner,
      readStream: (stream, options) => {
        opened.push(stream);
        return inner.readStream(stream, options);
      },
    };
    const { send } = jars({ store, limits: { streams: 2 } });
    for (const jar of ['a', 'b', 'a', 'c', 'a', 'b']) await send(Put, { coins: 1 }, { jar });
    expect(opened).toEqual(['jar-a', 'jar-b', 'jar-c', 'jar-b']);
  });

  it('stay while they are busy', async () => {
    const gate = gated(memory());
    const { send, events } = jars({ store: gate.store, limits: { streams: 1 } });
    const names = ['a', 'b', 'c'];
    const sending = names.map((jar) => send(Put, { coins: 1 }, { jar }));
    await settled();
    const more = names.map((jar) => send(Put, { coins: 2 }, { jar }));
    await settled();
    gate.release();
    await Promise.all(sending);
    await settled();
    gate.release();
    await Promise.all(more);
    for (const jar of names) expect(await events(jar)).toHaveLength(2);
  });

  it('are found again with the facts that are stored', async () => {
    const { send, restart } = jars();
    await send(Put, { coins: 5 });
    restart();
    await expect(send(Take, { coins: 6 })).rejects.toMatchObject({ code: 'JAR_TOO_EMPTY' });
    await send(Take, { coins: 5 });
  });
});
