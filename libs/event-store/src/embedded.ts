import { type Platform, uuidOf } from '#lumbung/kernel';
import {
  checkAppend,
  checkForgettable,
  checkTarget,
  checkTogether,
  deletion,
  type MayForget,
  tombstoning,
} from './append.js';
import type { Appended, EventStore, Expected, Write } from './port.js';
import { bell, ensureOpen, type Log, reading } from './reading.js';

/** What an engine brings; the rest of the port is the same for all that are embedded. */
export type Engine = Pick<Log, 'head' | 'standing' | 'streamPage' | 'page'> & {
  id: string;
  /**
   * Takes all of it or nothing, in the order of the calls, and resolves when it is durable;
   * rejects with the refusal. What it saw of others is durable by then.
   */
  write(writes: readonly Write[]): Promise<Appended[]>;
  /** Lets its files go, when all that was accepted is answered. */
  release(): Promise<void>;
};

export type EmbeddedOptions = {
  /** From which the store takes its id, and those of its own events. */
  random: Platform['random'];
  /** Which categories may be emptied, limited or deleted; none when absent. */
  mayForget?: MayForget | undefined;
};

export const newId = (random: Platform['random']): string =>
  uuidOf('event-store', Buffer.from(random.bytes(16)).toString('hex'));

/** An event store of this process alone; `engineOf` is told whom to call when the log has grown. */
export const embeddedStore = (
  { random, mayForget = () => false }: EmbeddedOptions,
  engineOf: (grown: () => void) => Engine,
): EventStore => {
  const growth = bell();
  const engine = engineOf(growth.ring);
  let closing: Promise<void> | undefined;

  const log: Log = {
    head: () => engine.head(),
    standing: (stream) => engine.standing(stream),
    streamPage: (...page) => engine.streamPage(...page),
    page: (search) => engine.page(search),
    isClosed: () => closing !== undefined,
    changed: (signal) => growth.heard(signal),
  };

  const close = async () => {
    growth.ring();
    await engine.release();
  };

  const forget = async (
    stream: string,
    expected: Expected,
    writes: (stream: string, expected: Expected, id: string) => Write[],
  ): Promise<bigint> => {
    checkTarget(stream, expected);
    checkForgettable(stream, mayForget);
    ensureOpen(log);
    const answers = await engine.write(writes(stream, expected, newId(random)));
    return (answers.at(-1) as Appended).position;
  };

  return {
    id: engine.id,
    exclusive: true,
    ...reading(log),
    async append(stream, events, expected) {
      const write = { stream, events, expected };
      checkAppend(write, mayForget);
      ensureOpen(log);
      const [answer] = await engine.write([write]);
      return answer as Appended;
    },
    async appendAtomic(writes) {
      checkTogether(writes, mayForget);
      ensureOpen(log);
      return engine.write(writes);
    },
    delete: (stream, expected) => forget(stream, expected, deletion),
    tombstone: (stream, expected) => forget(stream, expected, tombstoning),
    close: () => (closing ??= close()),
  };
};
