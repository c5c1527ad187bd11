import { setTimeout } from 'node:timers/promises';
import type { Platform } from '#lumbung/kernel';
import { type EmbeddedOptions, embeddedStore, newId } from '../embedded.js';
import { type EventStore, StoreUnavailable } from '../port.js';
import { Encoder } from './encoder.js';
import { lockFolder } from './lock.js';
import { Reader } from './reader.js';
import { type Disk, nodeDisk } from './segment/disk.js';
import { Segments } from './segment/segments.js';
import { type Durability, Writer } from './writer.js';

export {
  archiveLog,
  compactLog,
  type LogReader,
  type LogStat,
  openLogReader,
} from './maintenance.js';
export type { Archived } from './segment/archive.js';
export type { Disk, DiskFile } from './segment/disk.js';

const SEGMENT_BYTES = 64 << 20;
/** How long `interval` leaves what is acknowledged off the disk, at most. */
const INTERVAL_MS = 50;

export type LogEventStoreOptions = EmbeddedOptions &
  Pick<Platform, 'clock'> &
  Partial<Pick<Platform, 'timers'>> & {
    /** A folder, made when it is not there. */
    path: string;
    /** `commit` when absent: what is acknowledged is on the disk. */
    durability?: Durability;
    segmentBytes?: number;
    disk?: Disk;
    /** Told of the bytes of an append that was cut short, and that nobody was promised. */
    onTorn?: (bytes: number, path: string) => void;
  };

const nodeTimers: Platform['timers'] = {
  sleep: async (ms, signal) => {
    await setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined);
  },
};

const syncEvery = async (segments: Segments, timers: Platform['timers'], signal: AbortSignal) => {
  while (!signal.aborted) {
    await timers.sleep(INTERVAL_MS, signal);
    segments.sync();
  }
};

const unavailable = (path: string, cause: unknown): StoreUnavailable => {
  if (cause instanceof StoreUnavailable) return cause;
  const reason = cause instanceof Error ? cause.message : cause;
  return new StoreUnavailable(`the event log in ${path} cannot be opened: ${reason}`, { cause });
};

/**
 * Opens or creates an event log of its own files, and locks its folder. Throws `StoreUnavailable`
 * when it cannot be opened: with the file and the byte where it is damaged.
 */
export const openLogEventStore = async (options: LogEventStoreOptions): Promise<EventStore> => {
  const {
    path,
    clock,
    random,
    timers = nodeTimers,
    durability = 'commit',
    disk = nodeDisk,
  } = options;
  const { segmentBytes = SEGMENT_BYTES, onTorn = () => undefined } = options;
  let unlock: (() => void) | undefined;
  try {
    const isDurable = durability === 'commit';
    const segments = new Segments({
      folder: path,
      disk,
      segmentBytes,
      readOnly: false,
      isDurable,
      onTorn,
    });
    unlock = lockFolder(disk, path);
    segments.open();
    const { definitions } = segments;
    const encoder = new Encoder(definitions);
    const now_ms = () => Date.parse(clock.now());
    const reader = new Reader(segments, { definitions, codec: encoder.codec }, now_ms);
    const id = segments.last?.id ?? newId(random);
    return embeddedStore(options, (grown) => {
      const parts = { segments, definitions, encoder, reader, now_ms, durability, grown };
      const syncing = new AbortController();
      const writer = new Writer({ ...parts, newId: () => id });
      if (durability === 'interval') {
        syncEvery(segments, timers, syncing.signal).catch((cause) => writer.refuse(cause));
      }
      return {
        id,
        write: (writes) => writer.write(writes),
        head: () => (reader.last < 0 ? undefined : BigInt(reader.last)),
        standing: (stream) => reader.standing(stream),
        streamPage: (...page) => reader.streamPage(...page),
        page: (search) => reader.page(search),
        release: async () => {
          await writer.finish();
          syncing.abort();
          segments.close(writer);
          unlock?.();
        },
      };
    });
  } catch (cause) {
    unlock?.();
    throw unavailable(path, cause);
  }
};
