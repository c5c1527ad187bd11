import type { DiskFile } from '../segment/disk.js';
import { eachRecord, frameAt, isRecordAt, SEGMENT_HEADER } from '../segment/format.js';
import type { Segment } from '../segment/segment.js';

const WINDOW_BYTES = 4 << 20;

/** Where a segment is not what was written: the file, and the first wrong byte. */
export type Damage = { path: string; offset: number };

/** Reads all of a segment, frame by frame and record by record. */
export async function* damageOf(
  { path, end }: Segment,
  file: DiskFile,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Damage> {
  let offset = SEGMENT_HEADER;
  let window = WINDOW_BYTES;
  while (offset < end) {
    const bytes = Buffer.allocUnsafeSlow(Math.min(window, end - offset));
    const read = bytes.subarray(0, file.read(bytes, offset));
    let at = 0;
    for (let length = frameAt(read, at); length; length = frameAt(read, at)) {
      const wrong = wrongRecord(read, at);
      if (wrong !== undefined) return yield { path, offset: offset + wrong };
      at += length;
    }
    // A frame may be larger than the window; at the end of the segment nothing is.
    if (at === 0 && offset + window >= end) return yield { path, offset };
    window = at === 0 ? 2 * window : WINDOW_BYTES;
    offset += at;
    onProgress(offset);
    yield* [];
  }
}

const wrongRecord = (bytes: Buffer, frame: number): number | undefined => {
  let wrong: number | undefined;
  eachRecord(bytes, frame, (at) => {
    if (!isRecordAt(bytes, at)) wrong ??= at;
  });
  return wrong;
};
