import { memoryEventStore } from '#lumbung/event-store/memory';
import { DAY_MS, later } from '#lumbung/kernel';
import { countedJar, jars, NameOwner, Put, Take } from '../testing/jar.js';
import { MORNING, virtualPlatform } from '../testing/platform.js';
import { counting } from '../testing/stores.js';

const MINUTE_MS = 60_000;

describe('the same command id with the same payload', () => {
  it('is answered as it was the first time, and happens once', async () => {
    const { send, coins } = jars();
    const first = await send(Put, { coins: 5, note: 'pasar' }, { id: 'x' });
    await send(Put, { coins: 6 });
    expect(await send(Put, { note: 'pasar', coins: 5 }, { id: 'x' })).toEqual(first);
    expect(await coins()).toEqual([5, 6]);
  });

  it('happens once when both come at the same time', async () => {
    const { store, appends } = counting(memoryEventStore(virtualPlatform().platform));
    const { send, coins } = jars({ store });
    const twice = [1, 2].map(() => send(Put, { coins: 5 }, { id: 'x' }));
    const [first, second] = await Promise.all(twice);
    expect(second).toEqual(first);
    expect(await coins()).toEqual([5]);
    expect(appends).toHaveLength(1);
  });

  it('is answered so by another process', async () => {
    const { send, coins, restart } = jars();
    const first = await send(Put, { coins: 5 }, { id: 'x' });
    restart();
    expect(await send(Put, { coins: 5 }, { id: 'x' })).toEqual(first);
    expect(await coins()).toEqual([5]);
  });

  it('is answered so across a checkpoint', async () => {
    const limits = { checkpoint: { events: 2, growth: 0 } };
    const { send, coins, events, restart } = jars({ declaration: countedJar(), limits });
    const first = await send(Put, { coins: 5 }, { id: 'x' });
    for (const more of [6, 7, 8]) await send(Put, { coins: more });
    expect((await events()).map(({ type }) => type)).toContain('jar.JarCounted');
    restart();
    expect(await send(Put, { coins: 5 }, { id: 'x' })).toEqual(first);
    expect(await coins()).toEqual([5, 6, 7, 8]);
  });

  it('is answered so after it would be refused', async () => {
    const { send } = jars();
    await send(Put, { coins: 5 });
    const first = await send(Take, { coins: 5 }, { id: 'x' });
    expect(await send(Take, { coins: 5 }, { id: 'x' })).toEqual(first);
  });

  it('is known by its clear values, though they are sealed anew', async () => {
    const { send, events } = jars();
    const owner = { nik: '3506990101900001', name: 'Wage Prasetyo' };
    const first = await send(NameOwner, owner, { id: 'x' });
    expect(await send(NameOwner, owner, { id: 'x' })).toEqual(first);
    expect(await events()).toHaveLength(1);
  });

  it('may be tried again when it was refused', async () => {
    const { send } = jars();
    await expect(send(Take, { coins: 5 }, { id: 'x' })).rejects.toThrow('JAR_TOO_EMPTY');
    await send(Put, { coins: 5 });
    await send(Take, { coins: 5 }, { id: 'x' });
  });
});

describe('the same command id with another payload', () => {
  const REUSED = { name: 'Rejection', code: 'IDEMPOTENCY_KEY_REUSED' };

  it('is refused', async () => {
    const { send, coins } = jars();
    await send(Put, { coins: 5 }, { id: 'x' });
    await expect(send(Put, { coins: 6 }, { id: 'x' })).rejects.toMatchObject(REUSED);
    await expect(send(Take, { coins: 5 }, { id: 'x' })).rejects.toMatchObject(REUSED);
    expect(await coins()).toEqual([5]);
  });

  it('is refused at the same time, and by another process', async () => {
    const { send, coins, restart } = jars();
    const [, other] = await Promise.allSettled(
      [5, 6].map((n) => send(Put, { coins: n }, { id: 'x' })),
    );
    expect(other).toMatchObject({ reason: REUSED });
    restart();
    await expect(send(Put, { coins: 6 }, { id: 'x' })).rejects.toMatchObject(REUSED);
    expect(await coins()).toEqual([5]);
  });
});

describe('a command that is not remembered', () => {
  const EXPIRED = { name: 'Rejection', code: 'COMMAND_EXPIRED' };

  it('may be 60 days older than the last of its stream, and no more', async () => {
    const { send } = jars();
    await send(Put, { coins: 1 });
    const oldest = later(MORNING, -60 * DAY_MS);
    await send(Put, { coins: 2 }, { issuedAt: oldest });
    const older = send(Put, { coins: 3 }, { issuedAt: later(oldest, -1) });
    await expect(older).rejects.toMatchObject(EXPIRED);
  });

  it('may have any age in a stream that is new', async () => {
    const { send } = jars();
    await send(Put, { coins: 1 }, { issuedAt: later(MORNING, -400 * DAY_MS) });
  });

  it('may be issued 10 minutes ahead, and no more', async () => {
    const { send } = jars();
    const ahead = later(MORNING, 10 * MINUTE_MS);
    await send(Put, { coins: 1 }, { issuedAt: ahead });
    const further = send(Put, { coins: 1 }, { issuedAt: later(ahead, 1) });
    await expect(further).rejects.toMatchObject(EXPIRED);
  });

  it('is never one that happened, however late it comes again', async () => {
    const late_ms = [-1, 0, 1, 10 * MINUTE_MS, 10 * MINUTE_MS + 1, 10 * DAY_MS];
    const answers: unknown[] = [];
    for (const ahead_ms of [0, 10 * MINUTE_MS]) {
      for (const passed_ms of late_ms) {
        const { send, machine, coins } = jars();
        const again = { id: 'x', issuedAt: later(MORNING, ahead_ms) };
        await send(Put, { coins: 5 }, again);
        machine.set(later(MORNING, 60 * DAY_MS + passed_ms));
        await send(Put, { coins: 1 });
        answers.push(await send(Put, { coins: 5 }, again).catch(({ code }) => code));
        expect(await coins()).toEqual([5, 1]);
      }
    }
    expect(answers.filter((answer) => answer === 'COMMAND_EXPIRED')).toHaveLength(4);
  });

  it('is remembered for 60 days after it was recorded', async () => {
    const { send, machine, restart } = jars();
    const first = await send(Put, { coins: 5 }, { id: 'x' });
    machine.set(later(MORNING, 60 * DAY_MS));
    await send(Put, { coins: 1 });
    restart();
    expect(await send(Put, { coins: 5 }, { id: 'x', issuedAt: MORNING })).toEqual(first);
  });
});

describe('a clock that once ran far ahead', () => {
  const BEHIND = { name: 'Unavailable', code: 'CLOCK_BEHIND_LOG' };

  const ranAhead = async () => {
    const jar = jars();
    const first = await jar.send(Put, { coins: 5 }, { id: 'x' });
    jar.machine.advance(400 * DAY_MS);
    const ahead = await jar.send(Put, { coins: 6 }, { id: 'y' });
    jar.machine.set(later(MORNING, DAY_MS));
    return { ...jar, first, ahead };
  };

  it('is told from a command that is too old, and the command may come again', async () => {
    const { send, machine, coins } = await ranAhead();
    await expect(send(Put, { coins: 7 }, { id: 'z' })).rejects.toMatchObject(BEHIND);
    machine.set(later(MORNING, 400 * DAY_MS - 10 * MINUTE_MS));
    await send(Put, { coins: 7 }, { id: 'z' });
    expect(await coins()).toEqual([5, 6, 7]);
  });

  it('lets nothing happen twice that the stream has forgotten by it', async () => {
    const { send, machine, coins, restart } = await ranAhead();
    const again = { id: 'x', issuedAt: MORNING };
    await expect(send(Put, { coins: 5 }, again)).rejects.toMatchObject(BEHIND);
    restart();
    await expect(send(Put, { coins: 5 }, again)).rejects.toMatchObject(BEHIND);
    machine.set(later(MORNING, 400 * DAY_MS));
    await expect(send(Put, { coins: 5 }, again)).rejects.toThrow('COMMAND_EXPIRED');
    expect(await coins()).toEqual([5, 6]);
  });

  it('keeps no answer back that is remembered, and no other stream', async () => {
    const { send, ahead } = await ranAhead();
    const issuedAt = later(MORNING, 400 * DAY_MS);
    expect(await send(Put, { coins: 6 }, { id: 'y', issuedAt })).toEqual(ahead);
    await send(Put, { coins: 1 }, { jar: 'b' });
  });
});
