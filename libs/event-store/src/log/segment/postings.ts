import { countUpTo, Numbers } from './numbers.js';

/** The events of one stream in one segment: the first one's revision, and where each lies. */
export type Run = { first: number; offsets: Uint32Array };

const NO_RUN: Run = { first: 0, offsets: new Uint32Array(0) };

/** Where the events of a segment lie, by stream. Offsets are of bytes in the file. */
export type Postings = {
  readonly count: number;
  of(stream: number): Run;
  /** The streams in increasing order, and the events of each end to end. */
  table(): Table;
};

/** `starts` has one number more than there are streams. */
export type Table = {
  streams: Uint32Array;
  firsts: Uint32Array;
  starts: Uint32Array;
  offsets: Uint32Array;
};

/** Of a segment that does not grow: 4 bytes for an event and 12 for a stream. */
export const sealedPostings = (table: Table): Postings => ({
  count: table.offsets.length,
  of: (stream) => {
    const index = countUpTo(table.streams, stream) - 1;
    if (index < 0 || table.streams[index] !== stream) return NO_RUN;
    const [start, end] = [table.starts[index], table.starts[index + 1]];
    return { first: table.firsts[index] as number, offsets: table.offsets.subarray(start, end) };
  },
  table: () => table,
});

/** Of the segment that grows: a chain from each stream's last event back to its first in it. */
export class GrowingPostings implements Postings {
  private readonly streams = new Numbers();
  private readonly offsets = new Numbers();
  private readonly revisions = new Numbers();
  private readonly before = new Numbers();

  /** `tail` is shared by all segments, and belongs to the last: place + 1 of each last event. */
  constructor(private readonly tail: Numbers) {
    tail.clear();
  }

  get count(): number {
    return this.offsets.length;
  }

  push(stream: number, revision: number, offset: number): void {
    this.streams.push(stream);
    this.revisions.push(revision);
    this.offsets.push(offset);
    this.before.push(this.tail.at(stream));
    this.tail.set(stream, this.count);
  }

  of(stream: number): Run {
    return this.from(stream, 0);
  }

  /** As `of`, from a revision on: no more is walked than is asked for. */
  from(stream: number, revision: number): Run {
    const offsets: number[] = [];
    let first = 0;
    for (let place = this.tail.at(stream); place > 0; place = this.before.at(place - 1)) {
      if (this.revisions.at(place - 1) < revision) break;
      first = this.revisions.at(place - 1);
      offsets.push(this.offsets.at(place - 1));
    }
    return { first, offsets: Uint32Array.from(offsets.reverse()) };
  }

  /** A stable counting sort by stream. */
  table(): Table {
    const counts = new Map<number, number>();
    for (const stream of this.streams.all()) counts.set(stream, (counts.get(stream) ?? 0) + 1);
    const streams = Uint32Array.from(counts.keys()).sort();
    const firsts = new Uint32Array(streams.length);
    const starts = new Uint32Array(streams.length + 1);
    streams.forEach((stream, index) => {
      starts[index + 1] = (starts[index] as number) + (counts.get(stream) as number);
      counts.set(stream, index);
    });
    const next = starts.slice();
    const offsets = new Uint32Array(this.count);
    for (let place = 0; place < this.count; place++) {
      const index = counts.get(this.streams.at(place)) as number;
      const to = next[index] as number;
      if (to === starts[index]) firsts[index] = this.revisions.at(place);
      offsets[to] = this.offsets.at(place);
      next[index] = to + 1;
    }
    return { streams, firsts, starts, offsets };
  }
}
