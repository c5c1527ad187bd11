import { type Appended, type Expected, type NewEvent, StoreUnavailable } from './port.js';

export type Append = { stream: string; events: readonly NewEvent[]; expected: Expected };

type Waiting = Append & { resolve(answer: Appended): void; reject(error: Error): void };

/** Takes appends and writes them in one transaction; when it is synced, answers each in turn. */
export type Commit = (take: () => Append[]) => Promise<(Appended | Error)[]>;

const EVENTS_IN_A_COMMIT = 1000;

/** How many of the appends fit in one commit; at least one. */
const fitting = (appends: readonly Append[]): number => {
  let events = 0;
  const over = appends.findIndex((append) => {
    events += append.events.length;
    return events > EVENTS_IN_A_COMMIT;
  });
  return over < 0 ? appends.length : Math.max(1, over);
};

/**
 * Group commit: while one commit is under way, the appends for the next gather. Once one has
 * failed nothing more is accepted, since what reached the disk is not known.
 */
export const groupCommit = (commit: Commit) => {
  const waiting: Waiting[] = [];
  let taken: Waiting[] = [];
  let running: Promise<void> | undefined;
  let refusal: StoreUnavailable | undefined;

  const take = () => {
    taken = waiting.splice(0, fitting(waiting));
    return taken;
  };

  const settle = (answers: (Appended | Error)[]) => {
    taken.forEach(({ resolve, reject }, index) => {
      const answer = answers[index] ?? new TypeError('an append without an answer');
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
    });
  };

  const fail = (error: StoreUnavailable) => {
    refusal = error;
    for (const { reject } of [...taken, ...waiting.splice(0)]) reject(error);
  };

  const run = async () => {
    try {
      while (waiting.length > 0) settle(await commit(take));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : cause;
      fail(new StoreUnavailable(`the event log could not be written: ${reason}`, { cause }));
    }
    running = undefined;
  };

  return {
    append: (append: Append): Promise<Appended> =>
      new Promise((resolve, reject) => {
        if (refusal) throw refusal;
        waiting.push({ ...append, resolve, reject });
        running ??= run();
      }),
    /** Resolves when all that was accepted is answered; refuses more from now on. */
    async close() {
      refusal ??= new StoreUnavailable('the event store is closed');
      await running;
    },
  };
};
