import type { Platform } from '#lumbung/kernel';
import { type EmbeddedOptions, embeddedStore, newId } from '../embedded.js';
import { type EventStore, StoreUnavailable } from '../port.js';
import { Encoder } from './encoder.js';
import { lockFolder } from './lock.js';
import { Folds, type Threads } from './parallel/fold.js';
import { Reader, readsOf } from './reader.js';
import { type Disk, nodeDisk } from './segment/disk.js';
import { Segments } from './segment/segments.js';
import { type Durability, Writer } from './writer.js';

export {
  archiveLog,
  compactLog,
  openLogReader,
} from './maintenance/maintenance.js';

export { foldLog, type Threads } from './parallel/fold.js';

const SEGMENT_BYTES = 64 << 20;
/** How long `interval` leaves what is acknowledged off the disk, at most. */
const INTERVAL_MS = 50;

export type LogEventStoreOptions = EmbeddedOptions &
  Pick<Platform, 'clock'> &
  Partial<Pick<Platform, 'timers'>> & {
    /** A folder, made when it is not there. */
    path: string;
    /**
     * `commit` when absent: what is acknowledged is on the disk. `interval` asks for `timers`, and
     * puts it there within 50 ms.
     */
    durability?: Durability;
    segmentBytes?: number;
    disk?: Disk;
    /** Told of the bytes of an append that was cut short, and that nobody was promised. */
    onTorn?: (bytes: number, path: string) => void;
    /** With which it folds; without them it has no `fold`. */
    threads?: Threads | undefined;
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

const storeOver = (segments: Segments, options: LogEventStoreOptions, unlock: () => void) => {
  const { clock, random, timers, durability = 'commit' } = options;
  const { definitions } = segments;
  const encoder = new Encoder(definitions);
  const now_ms = () => Date.parse(clock.now());
  const reader = new Reader(segments, { definitions, codec: encoder.codec }, now_ms);
  const id = segments.last?.id ?? newId(random);
  return embeddedStore(options, (grown) => {
    const parts = { segments, definitions, encoder, reader, now_ms, durability, grown };
    const writer = new Writer({ ...parts, newId: () => id });
    const closing = new AbortController();
    if (durability === 'interval' && timers) {
      syncEvery(segments, timers, closing.signal).catch((cause) => writer.refuse(cause));
    }
    return {
      id,
      write: (writes) => writer.write(writes),
      ...readsOf(reader),
      release: async () => {
        await writer.finish();
        closing.abort('closed');
        segments.close(writer);
        unlock();
      },
    };
  });
};

const folding = (store: EventStore, folds: Folds): EventStore => ({
  ...store,
  fold: (task) => folds.fold(task),
  async close() {
    await folds.close();
    await store.close();
  },
});

/**
 * Opens or creates an event log of its own files, and locks its folder. Throws `StoreUnavailable`
 * when it cannot be opened: with the file and the byte where it is damaged.
 */
export const openLogEventStore = async (options: LogEventStoreOptions): Promise<EventStore> => {
  const { path: folder, timers, durability = 'commit', disk = nodeDisk } = options;
  const { segmentBytes = SEGMENT_BYTES, onTorn = () => undefined, threads } = options;
  if (durability === 'interval' && !timers) throw new TypeError('an interval needs timers');
  const isDurable = durability === 'commit';
  const files = { folder, disk, segmentBytes, readOnly: false, isDurable, onTorn };
  const undo: (() => void)[] = [];
  try {
    const segments = new Segments(files);
    const unlock = lockFolder(disk, folder);
    undo.push(unlock, () => segments.close({ isClean: false }));
    segments.open();
    const store = storeOver(segments, options, unlock);
    return threads ? folding(store, new Folds(folder, threads)) : store;
  } catch (cause) {
    for (const act of undo.reverse()) act();
    throw unavailable(folder, cause);
  }
};
