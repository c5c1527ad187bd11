const FIRST_SIZE = 16;

/** Positions in increasing order, in eight bytes each. */
export class Positions {
  private values = new Float64Array(FIRST_SIZE);
  length = 0;

  push(position: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = position;
  }

  at(index: number): number | undefined {
    return index >= 0 && index < this.length ? this.values[index] : undefined;
  }

  /** How many lie before `position`. */
  countBefore(position: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.values[middle] as number) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
