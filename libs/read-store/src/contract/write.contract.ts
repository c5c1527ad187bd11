import type { Checkpoint, Collection, Document, Put, ReadStore } from '../port.js';

const MEMBERS: Collection = { name: 'members@1', indexes: { byName: ['name'], all: [] } };

const CHECKPOINT: Checkpoint = { storeId: 'a', position: '120', eventId: 'b' };

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

const put = (key: string, document: Document, position = '1', collection = MEMBERS): Put => ({
  collection,
  key,
  document,
  position,
});

export const writeContract = (store: () => ReadStore) => {
  const namesIn = async (collection: Collection, index = 'byName') => {
    const entries = await store().query<{ name: string }>(collection, { index, limit: 1000 });
    return entries.map(({ document }) => document.name);
  };

  describe('put and get', () => {
    it('gives a document back as it was put, and nothing for another key', async () => {
      const document = { name: 'Sri', nested: { list: [1, 'dua', null, true, {}] }, 'é 🌾': 'ꦥꦢꦶ' };
      await store().put([put('a', document)], {});
      expect(await store().get(MEMBERS, 'a')).toStrictEqual(document);
      expect(await store().get(MEMBERS, 'b')).toBeUndefined();
      expect(await store().get({ ...MEMBERS, name: 'members@2' }, 'a')).toBeUndefined();
    });

    it('gives many in the order of the keys, with gaps', async () => {
      await store().put([put('a', { name: 'A' }), put('b', { name: 'B' })], {});
      const found = await store().getMany(MEMBERS, ['b', 'x', 'a', 'b']);
      expect(found).toEqual([{ name: 'B' }, undefined, { name: 'A' }, { name: 'B' }]);
      expect(await store().getMany(MEMBERS, [])).toEqual([]);
    });

    it('gives many with the position that each was put at', async () => {
      await store().put([put('a', { name: 'A' }, '7'), put('b', { name: 'B' }, '90')], {});
      expect(await store().getStored(MEMBERS, ['b', 'x', 'a'])).toStrictEqual([
        { document: { name: 'B' }, position: '90' },
        undefined,
        { document: { name: 'A' }, position: '7' },
      ]);
    });

    it('replaces a document whole, with its index entries', async () => {
      await store().put([put('a', { name: 'Sri', phone: '1' })], {});
      await store().put([put('a', { name: 'Tutik' }, '2')], {});
      expect(await store().get(MEMBERS, 'a')).toStrictEqual({ name: 'Tutik' });
      expect(await namesIn(MEMBERS)).toEqual(['Tutik']);
      await store().put([put('a', { alias: 'T' }, '3')], {});
      expect(await namesIn(MEMBERS)).toEqual([]);
      expect(await namesIn(MEMBERS, 'all')).toHaveLength(1);
    });

    it.each([
      ['9', '10', 'later'],
      ['10', '9', 'earlier'],
      ['10', '10', 'earlier'],
      ['99999999999999999999', '100000000000000000000', 'later'],
    ])('a document at %s does take one at %s only if that is later', async (first, second, is) => {
      await store().put([put('a', { name: 'first' }, first)], {});
      await store().put([put('a', { name: 'second' }, second), put('b', { name: 'b' })], {});
      const expected = is === 'later' ? 'second' : 'first';
      expect(await store().get(MEMBERS, 'a')).toEqual({ name: expected });
      expect(await namesIn(MEMBERS)).toEqual(['b', expected]);
    });

    it('takes the latest of a document that comes twice at once', async () => {
      const twice = [put('a', { name: 'new' }, '2'), put('a', { name: 'old' }, '1')];
      await store().put(twice, {});
      expect(await namesIn(MEMBERS)).toEqual(['new']);
    });

    it('is not reached by later changes, of what was put or of what was read', async () => {
      const document = { name: 'A', list: [1] };
      await store().put([put('a', document)], {});
      document.list.push(2);
      const read = await store().get<typeof document>(MEMBERS, 'a');
      read?.list.push(3);
      const [entry] = await store().query<typeof document>(MEMBERS, { index: 'all', limit: 1 });
      entry?.document.list.push(4);
      expect(await store().get(MEMBERS, 'a')).toEqual({ name: 'A', list: [1] });
    });

    it.each([
      ['a date', { name: new Date(0) }, '1'],
      ['a bigint', { deep: [{ value: 1n }] }, '1'],
      ['undefined', { name: undefined }, '1'],
      ['no position', { name: 'A' }, '1n'],
    ])('refuses %s, and writes nothing of all', async (_, document, position) => {
      const puts = [put('a', { name: 'A' }), put('b', document, position)];
      await expect(store().put(puts, { build: CHECKPOINT })).rejects.toThrow(TypeError);
      expect(await store().get(MEMBERS, 'a')).toBeUndefined();
      expect(await store().checkpoint('build')).toBeUndefined();
    });

    it('refuses an index entry that is too long, and writes nothing of all', async () => {
      const puts = [put('a', { name: 'A' }), put('b', { name: 'é'.repeat(1000) })];
      await expect(store().put(puts, { build: CHECKPOINT })).rejects.toThrow(RangeError);
      expect(await store().get(MEMBERS, 'a')).toBeUndefined();
      expect(await store().checkpoint('build')).toBeUndefined();
      await store().put([put('a', { name: 'A' })], {});
      expect(await namesIn(MEMBERS)).toEqual(['A']);
    });
  });

  describe('checkpoint and pointer', () => {
    it('are kept by build and by name, the last that was written', async () => {
      expect(await store().checkpoint('members@1')).toBeUndefined();
      expect(await store().pointer('members')).toBeUndefined();
      await store().put([], { 'members@1': CHECKPOINT, 'members@2': CHECKPOINT });
      await store().put([], { 'members@1': { ...CHECKPOINT, position: '130' } });
      await store().setPointer('members', 'members@1');
      await store().setPointer('members', 'members@2');
      expect(await store().checkpoint('members@1')).toEqual({ ...CHECKPOINT, position: '130' });
      expect(await store().checkpoint('members@2')).toEqual(CHECKPOINT);
      expect(await store().pointer('members')).toBe('members@2');
    });
  });

  describe('what processes share, where they can', () => {
    const lease = (term: number, beat: number) => ({ holder: 'a', term, beat });

    it('is a lease that changes from what it was seen to be, and from nothing else', async () => {
      const { shared } = store();
      if (!shared) return;
      expect(await shared.lease('members')).toBeUndefined();
      const takers = [1, 2].map(() => shared.setLease('members', lease(1, 0), undefined));
      expect((await Promise.all(takers)).sort()).toEqual([false, true]);
      expect(await shared.setLease('members', lease(1, 1), lease(1, 0))).toBe(true);
      expect(await shared.setLease('members', lease(2, 0), lease(1, 0))).toBe(false);
      expect(await shared.lease('members')).toEqual(lease(1, 1));
    });

    it('is a pointer that earlier terms do not move', async () => {
      const { shared } = store();
      if (!shared) return;
      expect(await shared.point('members', '1001', 1)).toBe(true);
      await shared.fence('members', 3);
      await shared.fence('members', 2);
      expect(await store().pointer('members')).toBe('1001');
      expect(await shared.point('members', '2001', 2)).toBe(false);
      expect(await shared.point('members', '3001', 3)).toBe(true);
      expect(await store().pointer('members')).toBe('3001');
      expect(await shared.point('members', undefined, 3)).toBe(true);
      expect(await store().pointer('members')).toBeUndefined();
    });

    it('is the list of builds, without what the store keeps for itself', async () => {
      const { shared } = store();
      if (!shared) return;
      await shared.fence('members', 1);
      await store().put([put('a', { name: 'A' })], { 'members@1': CHECKPOINT });
      expect(await shared.builds()).toEqual(['members@1']);
      await store().drop(MEMBERS);
      expect(await shared.builds()).toEqual([]);
    });
  });

  describe('drop', () => {
    it('removes the documents, entries and checkpoint of one build only', async () => {
      const other = { ...MEMBERS, name: 'members@10' };
      const puts = range(12_000).map((n) => put(`${n}`, { name: `${n % 100}` }));
      await store().put([...puts, put('x', { name: 'X' }, '1', other)], {
        'members@1': CHECKPOINT,
        'members@10': CHECKPOINT,
      });
      await store().drop(MEMBERS);
      expect(await store().get(MEMBERS, '11999')).toBeUndefined();
      expect(await namesIn(MEMBERS)).toEqual([]);
      expect(await store().checkpoint('members@1')).toBeUndefined();
      expect(await namesIn(other)).toEqual(['X']);
      expect(await store().checkpoint('members@10')).toEqual(CHECKPOINT);
      await store().put([put('a', { name: 'again' }, '1')], {});
      expect(await namesIn(MEMBERS)).toEqual(['again']);
    });
  });

  describe('close', () => {
    it('finishes what was asked and refuses what comes later', async () => {
      const putting = store().put([put('a', { name: 'A' })], {});
      await Promise.all([putting, store().close(), store().close()]);
      await expect(store().get(MEMBERS, 'a')).rejects.toThrow('closed');
      await expect(store().getMany(MEMBERS, ['a'])).rejects.toThrow('closed');
      await expect(store().put([], {})).rejects.toThrow('closed');
      await expect(store().query(MEMBERS, { index: 'all', limit: 1 })).rejects.toThrow('closed');
      await expect(store().checkpoint('build')).rejects.toThrow('closed');
      await expect(store().setPointer('a', 'b')).rejects.toThrow('closed');
    });
  });
};
