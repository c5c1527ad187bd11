import { appendContract } from './contract/append.contract.js';
import { atomicContract, forgetContract } from './contract/forget.contract.js';
import { readContract } from './contract/read.contract.js';
import { subscribeContract } from './contract/subscribe.contract.js';
import type { EventStore } from './port.js';

/** The categories that the stores of the contract let go of. */
export const mayForget = (category: string): boolean => category !== 'kept';

/**
 * What every event store does, whatever it keeps its events in; `open` gives an empty one that
 * lets go what `mayForget` says.
 */
export const eventStoreContract = (
  name: string,
  open: () => Promise<EventStore>,
  { atomic }: { atomic: boolean },
) => {
  describe(`event store: ${name}`, () => {
    let store: EventStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('has an id of its own', async () => {
      const other = await open();
      expect(store.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(other.id).not.toBe(store.id);
      await other.close();
    });

    appendContract(() => store);
    readContract(() => store);
    subscribeContract(() => store);
    forgetContract(() => store);
    if (atomic) atomicContract(() => store);
    else it('appends to one stream at a time', () => expect(store.appendAtomic).toBeUndefined());
  });
};
