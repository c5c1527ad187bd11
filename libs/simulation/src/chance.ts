import { createHash } from 'node:crypto';

/** A source of chance that gives the same draws for the same seed, on any machine. */
export type Chance = {
  /** From 0 up to, and without, 1. */
  fraction(): number;
  /** A whole number, both bounds included. */
  whole(least: number, most: number): number;
  happens(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
};

/**
 * sfc32 (C. Doty-Humphrey, PractRand): three words of state and a counter, all of which a
 * SHA-256 of the parts fills. Other parts give another, independent stream of draws, so whoever
 * has one of his own is not disturbed by what others draw.
 */
export const chanceOf = (...parts: (string | number)[]): Chance => {
  const hash = createHash('sha256').update(parts.join('/')).digest();
  let a = hash.readInt32LE(0);
  let b = hash.readInt32LE(4);
  let c = hash.readInt32LE(8);
  let counter = hash.readInt32LE(12);

  const word = (): number => {
    const drawn = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + drawn) | 0;
    return drawn >>> 0;
  };
  const fraction = () => word() / 2 ** 32;
  const whole = (least: number, most: number) =>
    least + Math.floor(fraction() * (most - least + 1));

  return {
    fraction,
    whole,
    happens: (probability) => fraction() < probability,
    pick: <T>(from: readonly T[]) => from[whole(0, from.length - 1)] as T,
  };
};
