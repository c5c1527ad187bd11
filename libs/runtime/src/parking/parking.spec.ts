import { StoreUnavailable } from '#lumbung/event-store';
import { type Heard, Rejection, Unavailable, uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { Commands } from '../commands/commands.js';
import { emptyLog } from '../testing/coin-log.js';
import { CALLER, DEPLOYMENT, testSealing } from '../testing/jar.js';
import { settled, virtualPlatform } from '../testing/platform.js';
import { failing, shared } from '../testing/stores.js';
import { Parking } from './parking.js';

const happened = (name: string): Heard => ({
  ...{ id: uuidOf('happened', name), type: 'test.Happened', version: 1, data: { name } },
  metadata: TEST_METADATA,
});
// What an error says may quote what is nobody's business; where it was thrown does not.
const WHERE = /^TypeError parking\.spec\.ts:\d+$/;

const nameOf = ({ data }: Heard) => (data as { name: string }).name;

/** A reader that takes events by their names, but for those that it is told to fail at. */
const reading = (store = shared(emptyLog())) => {
  const machine = virtualPlatform();
  const { platform } = machine;
  const taken: string[] = [];
  const failing = new Map<string, Error>();
  const stopped = new AbortController();
  const reader = () =>
    new Parking({
      ...{ store, platform, reader: 'notes', stopped: stopped.signal },
      commands: new Commands(store, testSealing, platform, DEPLOYMENT),
      eventOf: (event: Heard) => event,
      take: async (event) => {
        const failure = failing.get(nameOf(event));
        if (failure) throw failure;
        taken.push(nameOf(event));
      },
    });
  return { store, machine, taken, failing, stopped, reader, parking: reader() };
};

describe('an event that cannot be taken', () => {
  it('holds back its key, and no other', async () => {
    const { parking, taken, failing } = reading();
    failing.set('one', new TypeError('a bug'));
    for (const name of ['one', 'two']) await parking.take('siti', happened(name));
    await parking.take('budi', happened('three'));
    expect(taken).toEqual(['three']);
    expect(parking.count).toBe(1);
    expect(parking.waiting()).toEqual([
      {
        ...{
          reader: 'notes',
          key: 'siti',
          code: 'UNEXPECTED',
          reason: expect.stringMatching(WHERE),
        },
        ...{ attempts: 1, waiting: 2 },
      },
    ]);
    const json = JSON.stringify(happened('one'));
    const { events } = await parking.show('siti');
    expect(events).toMatchObject([{ type: 'test.Happened', json }, {}]);
  });

  it('is taken when it is tried again, and then what came behind it, in order', async () => {
    const { parking, taken, failing, reader } = reading();
    failing.set('one', new Rejection('TOO_HEAVY', 'Terlalu berat.'));
    for (const name of ['one', 'two', 'three']) await parking.take('siti', happened(name));
    expect(await parking.retry('siti', CALLER)).toMatchObject({
      taken: 0,
      left: { code: 'TOO_HEAVY', attempts: 2, waiting: 3 },
    });
    failing.clear();
    failing.set('three', new TypeError('another bug'));
    const late = reader();
    expect(await late.retry('siti', CALLER)).toMatchObject({
      taken: 2,
      left: { reason: expect.stringMatching(WHERE), attempts: 1, waiting: 1 },
    });
    failing.clear();
    expect(await parking.retry('siti', CALLER)).toEqual({ taken: 1, left: null });
    await parking.take('siti', happened('four'));
    expect(taken).toEqual(['one', 'two', 'three', 'four']);
  });

  it('is dropped with a reason, and what came behind it is taken', async () => {
    const { parking, taken, failing, store } = reading();
    failing.set('one', new TypeError('a bug'));
    for (const name of ['one', 'two']) await parking.take('siti', happened(name));
    const resumed = await parking.drop('siti', 'desa ini tidak ada', CALLER);
    expect(resumed).toEqual({ taken: 1, left: null });
    expect(taken).toEqual(['two']);
    const dropped: unknown[] = [];
    for await (const events of store.readStream('parking-notes')) {
      dropped.push(...events.filter(({ type }) => type === 'parking.EventDropped'));
    }
    expect(dropped).toMatchObject([
      { data: { reason: 'desa ini tidak ada' }, metadata: { actor: CALLER.user } },
    ]);
    failing.set('three', new TypeError('a bug'));
    await parking.take('siti', happened('three'));
    expect(await parking.drop('siti', 'salah', CALLER)).toEqual({ taken: 0, left: null });
  });

  it('waits in the log: a new process knows it', async () => {
    const { parking, taken, failing, reader } = reading();
    failing.set('one', new TypeError('a bug'));
    await parking.take('siti', happened('one'));
    failing.clear();
    const next = reader();
    await next.load();
    await next.take('siti', happened('two'));
    expect(taken).toEqual([]);
    expect(next.waiting()).toMatchObject([{ key: 'siti', waiting: 2 }]);
  });

  it('waits for what is done of its key already', async () => {
    const { parking, taken, failing } = reading();
    failing.set('one', new TypeError('a bug'));
    await parking.take('siti', happened('one'));
    failing.clear();
    const both = [parking.retry('siti', CALLER), parking.take('siti', happened('two'))];
    await Promise.all(both);
    expect(taken).toEqual(['one', 'two']);
  });

  it.each([
    ['what may pass', new Unavailable('TOO_BUSY', 'Coba lagi.')],
    ['the end of the store', new StoreUnavailable('the disk is full')],
  ])('is handed back, and not parked, for %s', async (_, error) => {
    const { parking, failing } = reading();
    failing.set('one', error);
    await expect(parking.take('siti', happened('one'))).rejects.toBe(error);
    failing.set('one', new TypeError('a bug'));
    await parking.take('siti', happened('one'));
    failing.set('one', error);
    await expect(parking.retry('siti', CALLER)).rejects.toBe(error);
    expect(parking.waiting()).toMatchObject([{ key: 'siti', attempts: 1 }]);
  });

  it('is parked though it cannot be recorded at once', async () => {
    const { store, plan } = failing(shared(emptyLog()));
    const { parking, failing: at, machine } = reading(store);
    at.set('one', new TypeError('a bug'));
    plan.push('before', 'after');
    const taking = parking.take('siti', happened('one'));
    for (let turn = 0; turn < 5; turn++) {
      await settled();
      machine.advance(1_000);
    }
    await taking;
    expect(await parking.list()).toMatchObject([{ key: 'siti', waiting: 1 }]);
  });

  it('is not parked by a reader that ends', async () => {
    const { parking, failing, stopped } = reading();
    failing.set('one', new TypeError('the connection was closed'));
    stopped.abort();
    await expect(parking.take('siti', happened('one'))).rejects.toThrow('closed');
    expect(parking.waiting()).toEqual([]);
  });

  it('must wait to be shown, tried or dropped', async () => {
    const { parking } = reading();
    const refusal = { name: 'Rejection', code: 'NOT_PARKED' };
    await expect(parking.show('siti')).rejects.toMatchObject(refusal);
    await expect(parking.retry('siti', CALLER)).rejects.toMatchObject(refusal);
    await expect(parking.drop('siti', 'salah', CALLER)).rejects.toMatchObject(refusal);
  });
});
