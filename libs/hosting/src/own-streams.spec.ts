import { memoryEventStore } from '#lumbung/event-store/memory';
import { instant, uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { ownStreams } from './own-streams.js';

const store = memoryEventStore({
  random: { bytes: (count) => Buffer.alloc(count) },
  clock: { now: () => instant('2026-03-02T02:00:00.000Z'), elapsed_ms: () => 0 },
  mayForget: () => true,
});
const own = ownStreams(store, ['ledger']);
const event = (name: string) => ({
  ...{ id: uuidOf('own', name), type: 'test.Happened', version: 1, data: {} },
  metadata: TEST_METADATA,
});

describe('the store of a service', () => {
  it('takes what is its own, and shows everything', async () => {
    await own.append('ledger-35.06.17.1009.UMUM', [event('a')], 'none');
    await store.append('register-35.06.17.1009', [event('b')], 'none');
    const streams: string[] = [];
    for await (const batch of own.readAll()) streams.push(...batch.map(({ stream }) => stream));
    expect(streams).toEqual(['ledger-35.06.17.1009.UMUM', 'register-35.06.17.1009']);
  });

  it('refuses streams of others, and several at once', async () => {
    const foreign = 'register-35.06.17.1009';
    const refusals = [
      own.append(foreign, [event('c')], 'any'),
      own.delete(foreign, 'any'),
      own.tombstone(foreign, 'any'),
      own.append('ledgers-1', [event('c')], 'any'),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toThrow('does not write');
    expect(own.appendAtomic).toBeUndefined();
    expect(await store.head()).toBe((await own.head()) as bigint);
  });
});
