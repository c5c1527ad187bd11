import { Numbers } from './numbers.js';

const LONGEST_BYTES = 1024;
const RECENT = 1 << 16;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The names of streams and their numbers, without an object for each: about 60 bytes for a name of
 * 40, where a map of strings takes 150 and the collector walks all of them.
 */
export class Names {
  private bytes = Buffer.allocUnsafe(1 << 12);
  /** Where each name ends in the bytes. */
  private readonly ends = new Numbers();
  /** Number + 1 of a name, by its hash; the next free slot where two meet. */
  private slots = new Uint32Array(1 << 8);
  private readonly sought = Buffer.allocUnsafe(LONGEST_BYTES);
  private readonly recentNames: string[] = new Array(RECENT);
  private readonly recentNumbers = new Uint32Array(RECENT);

  get count(): number {
    return this.ends.length;
  }

  /** Bytes of all names together. */
  get used(): number {
    return this.endOf(this.count - 1);
  }

  /** −1 for a name that is not there. */
  find(name: string): number {
    const length = this.sought.write(name);
    return (this.slots[this.slotOf(this.sought, 0, length)] as number) - 1;
  }

  /** The number of a name that is not there yet. */
  add(name: string): number {
    const length = this.sought.write(name);
    return this.addBytes(this.sought, 0, length);
  }

  /** As `add`, of the name's UTF-8. */
  addBytes(from: Uint8Array, start: number, end: number): number {
    if (2 * (this.count + 1) > this.slots.length) this.spread();
    const slot = this.slotOf(from, start, end);
    const number = this.count;
    const at = this.used;
    this.reserve(at + end - start);
    this.bytes.set(from.subarray(start, end), at);
    this.ends.push(at + end - start);
    this.slots[slot] = number + 1;
    return number;
  }

  nameOf(number: number): string {
    const place = number % RECENT;
    if (this.recentNumbers[place] === number + 1) return this.recentNames[place] as string;
    const name = this.bytes.toString('utf8', this.endOf(number - 1), this.endOf(number));
    this.recentNames[place] = name;
    this.recentNumbers[place] = number + 1;
    return name;
  }

  /** Where each name from `first` to before `limit` ends, counted from the first; their bytes. */
  between(first: number, limit: number): { ends: Uint32Array; bytes: Uint8Array } {
    const start = this.endOf(first - 1);
    const ends = this.ends.all().slice(first, limit);
    for (let n = 0; n < ends.length; n++) ends[n] = (ends[n] as number) - start;
    return { ends, bytes: this.bytes.subarray(start, this.endOf(limit - 1)) };
  }

  private endOf(number: number): number {
    return number < 0 ? 0 : this.ends.at(number);
  }

  /** Where a name is, or where it would go. */
  private slotOf(from: Uint8Array, start: number, end: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(from, start, end) & mask;
    for (;;) {
      const number = (this.slots[slot] as number) - 1;
      if (number < 0 || this.isAt(number, from, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private isAt(number: number, from: Uint8Array, start: number, end: number): boolean {
    const at = this.endOf(number - 1);
    if (this.endOf(number) - at !== end - start) return false;
    for (let n = start; n < end; n++) if (this.bytes[at + n - start] !== from[n]) return false;
    return true;
  }

  private spread(): void {
    this.slots = new Uint32Array(2 * this.slots.length);
    for (let number = 0; number < this.count; number++) {
      const slot = this.slotOf(this.bytes, this.endOf(number - 1), this.endOf(number));
      this.slots[slot] = number + 1;
    }
  }

  private reserve(size: number): void {
    if (size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * size);
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

// FNV-1a, with a last mix since only the low bits choose a slot.
const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = FNV_OFFSET;
  for (let n = start; n < end; n++) hash = Math.imul(hash ^ (bytes[n] as number), FNV_PRIME);
  return (hash ^ (hash >>> 15)) >>> 0;
};
