import { createHash } from 'node:crypto';

/** The same choices for the same seed. */
export const chanceOf = (seed: number) => {
  let count = 0;
  return {
    below: (most: number): number => {
      const digest = createHash('sha256').update(`${seed}:${count++}`).digest();
      return digest.readUInt32BE() % most;
    },
  };
};
