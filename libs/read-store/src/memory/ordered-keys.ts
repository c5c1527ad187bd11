const BLOCK_MAX = 1024;

/** How many of `items`, which are in order, come before the first that `reaches` is true of. */
const countBefore = <T>(items: readonly T[], reaches: (item: T) => boolean): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reaches(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Texts in the order of their code units; in blocks, so that adding one moves few others. */
export const orderedKeys = () => {
  const blocks: string[][] = [[]];

  /** The first place that is not before `key`: a block, and how far in it. */
  const placeOf = (key: string) => {
    const block = Math.max(0, countBefore(blocks, ([first = '']) => first > key) - 1);
    const keys = blocks[block] ?? [];
    return { block, keys, at: countBefore(keys, (other) => other >= key) };
  };

  function* forwards(from: string, to: string) {
    const start = placeOf(from);
    let { at } = start;
    for (const keys of blocks.slice(start.block)) {
      for (; at < keys.length; at++) {
        const key = keys[at] as string;
        if (key >= to) return;
        yield key;
      }
      at = 0;
    }
  }

  function* backwards(from: string, to: string) {
    const { block: last, at: end } = placeOf(to);
    for (let block = last; block >= 0; block--) {
      const keys = blocks[block] as string[];
      for (let at = (block === last ? end : keys.length) - 1; at >= 0; at--) {
        const key = keys[at] as string;
        if (key < from) return;
        yield key;
      }
    }
  }

  return {
    add(key: string) {
      const { block, keys, at } = placeOf(key);
      if (keys[at] === key) return;
      keys.splice(at, 0, key);
      if (keys.length > BLOCK_MAX) blocks.splice(block + 1, 0, keys.splice(BLOCK_MAX / 2));
    },
    remove(key: string) {
      const { block, keys, at } = placeOf(key);
      if (keys[at] !== key) return;
      keys.splice(at, 1);
      if (keys.length === 0 && blocks.length > 1) blocks.splice(block, 1);
    },
    /** Up to `limit` keys `k` with `from <= k < to`, the last first when reversed. */
    between(from: string, to: string, limit: number, reverse: boolean): string[] {
      const found: string[] = [];
      for (const key of reverse ? backwards(from, to) : forwards(from, to)) {
        found.push(key);
        if (found.length === limit) break;
      }
      return found;
    },
  };
};
