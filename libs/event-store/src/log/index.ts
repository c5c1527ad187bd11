import { setImmediate } from 'node:timers/promises';
import { type Platform, uuidOf } from '#lumbung/kernel';
import { weigh } from '../append.js';
import type { Append } from '../commits.js';
import { embeddedStore } from '../embedded.js';
import { type Appended, type EventStore, StoreUnavailable } from '../port.js';
import { Catalogue } from './catalogue.js';
import { Segments } from './segments.js';

const SEGMENT_BYTES = 64 << 20;

export type LogEventStoreOptions = {
  /** A folder, made when it is not there. */
  path: string;
  /** From which a new store takes its id. */
  random: Platform['random'];
  segmentBytes?: number;
};

const opened = (segments: Segments, random: Platform['random'], path: string): Catalogue => {
  try {
    return Catalogue.over(segments, () =>
      uuidOf('event-store', Buffer.from(random.bytes(16)).toString('hex')),
    );
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    throw new StoreUnavailable(`the event log in ${path} cannot be opened`, { cause });
  }
};

/**
 * Opens or creates an event log of its own files. One process at a time may have it open: whoever
 * opens it holds a lock on the data folder. Throws `StoreUnavailable` when it cannot be opened,
 * with the file and the byte where it is damaged.
 */
export const openLogEventStore = async ({
  path,
  random,
  segmentBytes = SEGMENT_BYTES,
}: LogEventStoreOptions): Promise<EventStore> => {
  const segments = new Segments(path, segmentBytes);
  const catalogue = opened(segments, random, path);

  const write = ({ stream, events, expected }: Append): Appended | Error => {
    const answer = weigh(stream, events, expected, catalogue.soFar(stream));
    return answer === 'write' ? catalogue.add(stream, events) : answer;
  };

  return embeddedStore({
    id: catalogue.id,
    commit: async (take) => {
      // Whoever appends in this turn of the loop comes along.
      await setImmediate();
      catalogue.begin();
      const answers = take().map(write);
      await catalogue.commit();
      return answers;
    },
    head: () => catalogue.head(),
    streamPage: (...page) => catalogue.streamPage(...page),
    page: (...page) => catalogue.page(...page),
    release: () => segments.close(),
  });
};
