import { createSecretKey } from 'node:crypto';
import { type PersonId, uuidOf } from '#lumbung/kernel';
import { KeyCache } from './key-cache.js';

const person = (name: string) => uuidOf('test', name) as PersonId;
const key = createSecretKey(Buffer.alloc(32));

describe('the cache of unwrapped keys', () => {
  it('lets go of the key that was used longest ago', () => {
    const cache = new KeyCache(2);
    cache.set(person('siti'), key);
    cache.set(person('budi'), key);
    cache.get(person('siti'));
    cache.set(person('wati'), key);
    const kept = ['siti', 'budi', 'wati'].filter((name) => cache.get(person(name)));
    expect(kept).toEqual(['siti', 'wati']);
  });

  it('forgets one or all', () => {
    const cache = new KeyCache(2);
    cache.set(person('siti'), key);
    cache.set(person('budi'), key);
    cache.delete(person('siti'));
    expect(cache.get(person('siti'))).toBeUndefined();
    cache.clear();
    expect(cache.get(person('budi'))).toBeUndefined();
  });
});
