import { appendContract } from './contract/append.contract.js';
import { readContract } from './contract/read.contract.js';
import { subscribeContract } from './contract/subscribe.contract.js';
import type { EventStore } from './port.js';

/** What every event store does, whatever it keeps its events in; `open` gives an empty one. */
export const eventStoreContract = (name: string, open: () => Promise<EventStore>) => {
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
  });
};
