import { checkAppend } from './append.js';
import { type Commit, groupCommit } from './commits.js';
import type { EventStore } from './port.js';
import { bell, ensureOpen, type Log, reading } from './reading.js';

/** What an engine brings; the rest of the port is the same for all that are embedded. */
export type Engine = Pick<Log, 'head' | 'streamPage' | 'page'> & {
  id: string;
  commit: Commit;
  /** Lets its files go, when all that was accepted is answered. */
  release(): Promise<void> | void;
};

/** An event store of this process alone, over an engine that writes a commit at a time. */
export const embeddedStore = ({ id, commit, release, ...reads }: Engine): EventStore => {
  const growth = bell();
  let closing: Promise<void> | undefined;

  const commits = groupCommit(async (take) => {
    const answers = await commit(take);
    growth.ring();
    return answers;
  });

  const log: Log = {
    ...reads,
    isClosed: () => closing !== undefined,
    changed: (signal) => growth.heard(signal),
  };

  const close = async () => {
    growth.ring();
    await commits.close();
    await release();
  };

  return {
    id,
    exclusive: true,
    ...reading(log),
    async append(stream, events, expected) {
      checkAppend(stream, events, expected);
      ensureOpen(log);
      return commits.append({ stream, events, expected });
    },
    close: () => (closing ??= close()),
  };
};
