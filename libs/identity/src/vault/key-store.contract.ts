import { type PersonId, uuidOf } from '#lumbung/kernel';
import type { KeyStore } from './key-store.js';

const siti = uuidOf('test', 'siti') as PersonId;
const budi = uuidOf('test', 'budi') as PersonId;
const record = (index: string, byte = 7) => ({ index, wrappedKey: new Uint8Array(60).fill(byte) });

/** What every key store does, however it keeps its bytes. */
export const keyStoreContract = (name: string, create: () => Promise<KeyStore>) => {
  describe(`the key store in ${name}`, () => {
    let store: KeyStore;
    beforeEach(async () => {
      store = await create();
    });
    afterEach(() => store.close());

    it('is new until it has a check value', async () => {
      expect(store.check()).toBeUndefined();
      await store.setCheck(new Uint8Array([1, 2, 3]));
      expect([...(store.check() ?? [])]).toEqual([1, 2, 3]);
    });

    it('knows nobody at first', () => {
      expect(store.find('index-1')).toBeUndefined();
      expect(store.wrappedKey(siti)).toBeUndefined();
    });

    it('finds a person by index and a key by person', async () => {
      expect(await store.add(siti, record('index-1'))).toBe(siti);
      expect(store.find('index-1')).toBe(siti);
      expect([...(store.wrappedKey(siti) ?? [])]).toEqual([...record('index-1').wrappedKey]);
    });

    it('keeps whoever came first', async () => {
      const [first, second] = await Promise.all([
        store.add(siti, record('index-1', 1)),
        store.add(budi, record('index-1', 2)),
      ]);
      expect([first, second]).toEqual([siti, siti]);
      expect(store.wrappedKey(siti)?.[0]).toBe(1);
      expect(store.wrappedKey(budi)).toBeUndefined();
    });

    it('removes a key with its index, which is then free again', async () => {
      await store.add(siti, record('index-1'));
      await store.remove(siti);
      await store.remove(siti);
      expect(store.wrappedKey(siti)).toBeUndefined();
      expect(store.find('index-1')).toBeUndefined();
      expect(await store.add(budi, record('index-1'))).toBe(budi);
    });
  });
};
