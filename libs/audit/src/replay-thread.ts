import type { Folding } from '#lumbung/event-store';
import { Rejection } from '#lumbung/kernel';
import { type Books, Replay, type Wanted } from './replay.js';

/** Which journals count, and up to which position the log is read. */
export type ReplayTask = { wanted: Wanted; head: bigint };

/** How far a thread has read, in events of its streams and in the log. */
export type ReplayPlace = { events: number; position: bigint | undefined };

/** The books of a thread's streams, or the details of why they cannot be told. */
export type ReplayedPart =
  | { books: Books; events: number }
  | { unreadable: { stream: string; revision: number } };

/** On a thread of its own: folds the journals of its streams. */
export const fold = async ({
  log,
  part,
  input: { wanted, head },
  report,
}: Folding<ReplayTask, ReplayPlace>): Promise<ReplayedPart> => {
  const replay = new Replay(wanted);
  let events = 0;
  try {
    for await (const batch of log.readPart(part)) {
      for (const event of batch) {
        if (event.position > head) return { books: replay.books, events };
        replay.take(event);
        events += 1;
      }
      report({ events, position: batch.at(-1)?.position });
    }
    return { books: replay.books, events };
  } catch (error) {
    // On its way to another thread an error keeps nothing but its message.
    if (!(error instanceof Rejection) || error.code !== 'POSTING_UNREADABLE') throw error;
    return { unreadable: error.details as { stream: string; revision: number } };
  }
};
