const FIRST_SIZE = 16;

/** Whole numbers below 2^32 in four bytes each; grows at its end. */
export class Numbers {
  private values: Uint32Array = new Uint32Array(FIRST_SIZE);
  length = 0;

  push(value: number): void {
    this.set(this.length, value);
  }

  /** What lies between the end and `index` is 0. */
  set(index: number, value: number): void {
    if (index >= this.values.length) this.reserve(index + 1);
    this.values[index] = value;
    if (index >= this.length) this.length = index + 1;
  }

  /** 0 where nothing was set. */
  at(index: number): number {
    return index < this.length ? (this.values[index] as number) : 0;
  }

  reserve(count: number): void {
    if (count <= this.values.length) return;
    const larger = new Uint32Array(Math.max(2 * this.values.length, count));
    larger.set(this.values);
    this.values = larger;
  }

  clear(): void {
    this.values.fill(0);
    this.length = 0;
  }

  /** A view, until it grows. */
  all(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}

/** How many of increasing numbers are at most `value`. */
export const countUpTo = (numbers: Uint32Array, value: number): number => {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};
