/** Texts in the order of their code units. */
export const orderedKeys = () => {
  const keys: string[] = [];

  /** How many keys come before `key`. */
  const rank = (key: string): number => {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add(key: string) {
      const at = rank(key);
      if (keys[at] !== key) keys.splice(at, 0, key);
    },
    remove(key: string) {
      const at = rank(key);
      if (keys[at] === key) keys.splice(at, 1);
    },
    /** Up to `limit` keys `k` with `from <= k < to`, the last first when reversed. */
    between(from: string, to: string, limit: number, reverse: boolean): string[] {
      const first = rank(from);
      const end = Math.max(first, rank(to));
      return reverse
        ? keys.slice(Math.max(first, end - limit), end).reverse()
        : keys.slice(first, Math.min(end, first + limit));
    },
  };
};
