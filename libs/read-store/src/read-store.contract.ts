import { queryContract } from './contract/query.contract.js';
import { writeContract } from './contract/write.contract.js';
import type { ReadStore } from './port.js';

/** What every read store does, whatever it keeps its documents in; `open` gives an empty one. */
export const readStoreContract = (name: string, open: () => Promise<ReadStore>) => {
  describe(`read store: ${name}`, () => {
    let store: ReadStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    writeContract(() => store);
    queryContract(() => store);
  });
};
