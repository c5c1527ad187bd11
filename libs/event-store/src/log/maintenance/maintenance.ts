import type { Platform } from '#lumbung/kernel';
import type { LogSource } from '../../port.js';
import { bell, type Log, reading, readPassing } from '../../reading.js';
import { lockFolder } from '../lock.js';
import { Reader, readsOf } from '../reader.js';
import { payloadCodec } from '../segment/codec.js';
import { type Disk, nodeDisk, writeWhole } from '../segment/disk.js';
import { sidecarOf } from '../segment/segment.js';
import { Segments } from '../segment/segments.js';
import { type Archived, manifestOf, moved, readManifest } from './archive.js';
import { compacted } from './compaction.js';
import { type Damage, damageOf } from './verification.js';

type Where = Pick<Platform, 'clock'> & {
  /** The folder of the log. */
  path: string;
  disk?: Disk;
};

export type SegmentStat = {
  name: string;
  folder: string;
  /** The position at which it begins. */
  base: number;
  bytes: number;
  events: number;
  archived: boolean;
  compacted: boolean;
};

/** What a log holds. Times are milliseconds since 1970. */
export type LogStat = {
  id: string | undefined;
  events: number;
  streams: number;
  types: number;
  shapes: number;
  bytes: number;
  lastPosition: string | undefined;
  lastCreated: number | undefined;
  segments: SegmentStat[];
};

/** A log that is only read, beside whoever writes it. */
export type LogReader = LogSource & {
  stat(): LogStat;
  /** Reads every byte; answers what is damaged. */
  verify(onProgress: (bytes: number, of: number) => void): AsyncGenerator<Damage>;
  close(): void;
};

const statOf = (segments: Segments, reader: Reader): LogStat => {
  const { definitions, all, options } = segments;
  const stats = all.map(
    ({ path, folder, base, end, span, postings }): SegmentStat => ({
      ...{ name: path.slice(folder.length + 1), folder, base, bytes: end },
      ...{ events: postings.count, archived: folder !== options.folder, compacted: span > 0 },
    }),
  );
  const sum = (of: (stat: SegmentStat) => number) => stats.reduce((all, one) => all + of(one), 0);
  return {
    id: segments.last?.id,
    events: sum(({ events }) => events),
    streams: definitions.names.count,
    types: definitions.types.length,
    shapes: definitions.shapes.length,
    bytes: sum(({ bytes }) => bytes),
    lastPosition: reader.last < 0 ? undefined : String(reader.last),
    lastCreated: segments.last?.lastCreated,
    segments: stats,
  };
};

// Of no more use than to share the streams out evenly.
const hashOf = (stream: string): number => {
  let hash = 0;
  for (let n = 0; n < stream.length; n++) hash = (Math.imul(hash, 31) + stream.charCodeAt(n)) >>> 0;
  return hash;
};

const readerOf = (segments: Segments, now_ms: () => number): Reader => {
  const { definitions } = segments;
  const codec = payloadCodec(definitions.shapes, () => undefined);
  return new Reader(segments, { definitions, codec }, now_ms);
};

/** Opens a log to read it, also beside the process that writes it. */
export const openLogReader = ({ path, disk = nodeDisk }: Omit<Where, 'clock'>): LogReader => {
  const options = { folder: path, disk, segmentBytes: 0, readOnly: true, isDurable: false };
  const segments = new Segments({ ...options, onTorn: () => undefined });
  segments.open();
  // What has grown too old by the clock is still shown: it is there.
  const reader = readerOf(segments, () => 0);
  let isClosed = false;
  const log: Log = {
    isClosed: () => isClosed,
    ...readsOf(reader),
    // It shows what was there, and never more.
    changed: (signal) => bell().heard(signal),
  };
  return {
    ...reading(log),
    stat: () => statOf(segments, reader),
    readPart: ({ index, of }) => {
      const isOurs = (stream: string, type: string) =>
        !type.startsWith('$') && hashOf(stream) % of === index;
      return readPassing(log, {}, isOurs);
    },
    async *verify(onProgress) {
      const of = segments.all.reduce((bytes, { end }) => bytes + end, 0);
      let done = 0;
      for (const segment of segments.all) {
        yield* damageOf(segment, segment.opened(disk), (bytes) => onProgress(done + bytes, of));
        done += segment.end;
      }
    },
    close() {
      isClosed = true;
      segments.close({ isClean: false });
    },
  };
};

/** With the log locked, so that nothing else writes it; throws `StoreUnavailable` when it is. */
const exclusively = <T>({ path, clock, disk = nodeDisk }: Where, act: (log: Opened) => T): T => {
  const unlock = lockFolder(disk, path);
  const options = { folder: path, disk, segmentBytes: 0, readOnly: false, isDurable: true };
  const segments = new Segments({ ...options, onTorn: () => undefined });
  try {
    segments.open();
    return act({ segments, reader: readerOf(segments, () => Date.parse(clock.now())), disk });
  } finally {
    segments.close({ isClean: false });
    unlock();
  }
};

type Opened = { segments: Segments; reader: Reader; disk: Disk };

/**
 * Moves all but the last `keep` full segments to another folder, which may be on another disk,
 * and enters them in the manifest; the log reads through to them. Answers what was moved.
 */
export const archiveLog = (
  where: Where,
  { to, keep = 0 }: { to: string; keep?: number },
  onProgress: (done: number, of: number) => void = () => undefined,
): Archived[] =>
  exclusively(where, ({ segments, disk }) => {
    const full = segments.all.slice(0, -1).filter(({ folder }) => folder === where.path);
    const moving = full.slice(0, Math.max(0, full.length - keep));
    disk.makeFolder(to);
    return moving.map((segment, index) => {
      const archived = moved(disk, segment, to);
      const manifest = [...readManifest(disk, where.path), archived];
      writeWhole(disk, manifestOf(where.path), [Buffer.from(JSON.stringify(manifest, null, 1))]);
      disk.remove(segment.path);
      disk.remove(sidecarOf(segment.path));
      onProgress(index + 1, moving.length);
      return archived;
    });
  });

/**
 * Writes full segments anew without what their streams have let go; positions stay. The last event
 * of a stream is kept, so that its numbers go on. Answers how many bytes that freed.
 */
export const compactLog = (
  where: Where,
  onProgress: (done: number, of: number) => void = () => undefined,
): number =>
  exclusively(where, ({ segments, reader, disk }) => {
    // What is archived may lie where nothing can be written, and its manifest has its digest.
    const full = segments.all.slice(0, -1).filter(({ folder }) => folder === where.path);
    let freed = 0;
    for (const [index, segment] of full.entries()) {
      const parts = compacted(disk, segment, (stream, revision) =>
        reader.hasLetGo(stream, revision),
      );
      onProgress(index + 1, full.length);
      if (!parts) continue;
      writeWhole(disk, segment.path, parts);
      disk.remove(sidecarOf(segment.path));
      freed += segment.end - parts.reduce((bytes, part) => bytes + part.length, 0);
    }
    return freed;
  });
