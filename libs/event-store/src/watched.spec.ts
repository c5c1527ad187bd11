import { events } from './contract/samples.contract.js';
import { clock, random } from './eventstoredb/testing/opening.js';
import { memoryEventStore } from './memory/index.js';
import { type EventStore, StoreUnavailable, WrongExpectedRevision } from './port.js';
import { watched } from './watched.js';

const WRITES: [string, (store: EventStore) => Promise<unknown> | undefined][] = [
  ['append', (store) => store.append('a-1', events(0), 'any')],
  ['appendAtomic', (store) => store.appendAtomic?.([])],
  ['delete', (store) => store.delete('a-1', 'any')],
  ['tombstone', (store) => store.tombstone('a-1', 'any')],
];

describe('a watched store', () => {
  const told: unknown[] = [];
  const tell = (error: unknown) => told.push(error);
  beforeEach(() => told.splice(0));

  it.each(WRITES)('tells of a failing %s, and who asked hears of it too', async (_, write) => {
    const failure = new StoreUnavailable('the disk is full');
    const fail = () => Promise.reject(failure);
    const failing = { append: fail, appendAtomic: fail, delete: fail, tombstone: fail };
    await expect(write(watched(failing as never, tell))).rejects.toBe(failure);
    expect(told).toEqual([failure]);
  });

  it('tells of no refusal, and is else as it was', async () => {
    const store = watched(memoryEventStore({ random, clock }), tell);
    const refused = store.append('a-1', events(0), 3);
    await expect(refused).rejects.toThrow(WrongExpectedRevision);
    expect((await store.append('a-1', events(0), 'none')).revision).toBe(0);
    expect(told).toEqual([]);
    expect(watched({ append: store.append } as never, tell).appendAtomic).toBeUndefined();
  });
});
