import type { Vault } from '#lumbung/identity';
import { Unavailable } from '#lumbung/kernel';
import type { Sealing } from '#lumbung/runtime';

/** A vault that cannot be written admits nobody, so whoever runs the process must know too. */
export const watchedVault = (vault: Vault, fail: (error: unknown) => void): Sealing => ({
  hash: (text) => vault.hash(text),
  seal: (...fields) => vault.seal(...fields),
  personOf: async (identity) => {
    try {
      return await vault.personOf(identity);
    } catch (error) {
      if (error instanceof Unavailable) fail(error.cause ?? error);
      throw error;
    }
  },
});
