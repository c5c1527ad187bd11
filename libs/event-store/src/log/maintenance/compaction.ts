import { StoreDamaged } from '../../port.js';
import type { Disk } from '../segment/disk.js';
import {
  aligned,
  EVENT,
  eachRecord,
  FRAME_HEADER,
  frameAt,
  kindAt,
  numberAt,
  revisionAt,
  SEGMENT_HEADER,
  sealFrame,
  segmentHeader,
  sizeAt,
} from '../segment/format.js';
import type { Segment } from '../segment/segment.js';

const FRAME_BYTES = 64 << 10;

type HasLetGo = (stream: number, revision: number) => boolean;

/** The records of a frame that are kept: definitions, and the events that still count. */
const keptOf = (bytes: Buffer, frame: number, hasLetGo: HasLetGo): Buffer[] => {
  const kept: Buffer[] = [];
  eachRecord(bytes, frame, (at) => {
    const isGone =
      kindAt(bytes, at) === EVENT && hasLetGo(numberAt(bytes, at), revisionAt(bytes, at));
    if (!isGone) kept.push(bytes.subarray(at, at + sizeAt(bytes, at)));
  });
  return kept;
};

const frameOf = (records: readonly Buffer[]): Buffer => {
  const used = records.reduce((bytes, record) => bytes + record.length, FRAME_HEADER);
  const frame = Buffer.alloc(aligned(used));
  let at = FRAME_HEADER;
  for (const record of records) at += record.copy(frame, at);
  // All of it is on the disk before it takes the place of the other.
  sealFrame(frame, { start: 0, end: frame.length, records: records.length, durable: 0 });
  return frame;
};

/**
 * The bytes of a full segment without what was let go, in parts; undefined when that is nothing.
 * Records stay as they are, with their first offset in them, so their positions do not change.
 */
export const compacted = (
  disk: Disk,
  segment: Segment,
  hasLetGo: HasLetGo,
): Buffer[] | undefined => {
  const file = segment.opened(disk);
  const bytes = Buffer.allocUnsafeSlow(segment.end);
  file.read(bytes, 0);
  const { id, number, base, limit } = segment;
  const parts = [segmentHeader({ id, number, base, span: limit - base })];
  let records: Buffer[] = [];
  let gathered = 0;
  let kept = 0;
  for (let at = SEGMENT_HEADER; at < segment.end; ) {
    const length = frameAt(bytes, at);
    if (length === undefined) throw new StoreDamaged(segment.path, at);
    for (const record of keptOf(bytes, at, hasLetGo)) {
      records.push(record);
      gathered += record.length;
      kept += record.length;
      if (gathered < FRAME_BYTES) continue;
      parts.push(frameOf(records));
      [records, gathered] = [[], 0];
    }
    at += length;
  }
  if (records.length > 0) parts.push(frameOf(records));
  const size = parts.reduce((all, part) => all + part.length, 0);
  return kept > 0 && size < segment.end ? parts : undefined;
};
