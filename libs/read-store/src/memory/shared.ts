import type { Lease, Shared } from '../port.js';

export type Pointers = Map<string, { value: string | undefined; term: number }>;

/** What runners of one process agree on, where they are to stand for several processes. */
export const sharedIn = (pointers: Pointers, builds: () => string[]): Shared => {
  const leases = new Map<string, Lease>();
  const isPast = (name: string, term: number) => (pointers.get(name)?.term ?? 0) > term;
  return {
    async lease(name) {
      return leases.get(name);
    },
    async setLease(name, lease, before) {
      const now = leases.get(name);
      if (now?.term !== before?.term || now?.beat !== before?.beat) return false;
      leases.set(name, lease);
      return true;
    },
    async fence(name, term) {
      if (!isPast(name, term)) pointers.set(name, { value: pointers.get(name)?.value, term });
    },
    async point(name, value, term) {
      if (isPast(name, term)) return false;
      pointers.set(name, { value, term });
      return true;
    },
    builds: async () => builds(),
  };
};
