import type { Segment } from './segment/segment.js';

const MOST_BYTES = 4 << 20;

type Batch = { segment: Segment; start: number; bytes: Buffer };

/** What was written last, in memory: whoever follows the log reads it from here. */
export class Tail {
  private batches: Batch[] = [];
  private bytes = 0;

  /** Takes a copy of whole frames that lie at the segment's byte `start`. */
  push(segment: Segment, start: number, frames: Buffer): void {
    this.batches.push({ segment, start, bytes: Buffer.from(frames) });
    this.bytes += frames.length;
    let first = 0;
    while (this.bytes > MOST_BYTES && first < this.batches.length - 1) {
      this.bytes -= (this.batches[first++] as Batch).bytes.length;
    }
    if (first > 0) this.batches.splice(0, first);
  }

  /** The batch in which a byte of a segment lies; its frames are known to be whole. */
  holding(segment: Segment, offset: number): Batch | undefined {
    let low = 0;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { segment: its, start } = this.batches[middle] as Batch;
      if (its.base + start <= segment.base + offset) low = middle + 1;
      else high = middle;
    }
    const batch = this.batches[low - 1];
    if (batch?.segment !== segment) return;
    return offset < batch.start + batch.bytes.length ? batch : undefined;
  }
}
