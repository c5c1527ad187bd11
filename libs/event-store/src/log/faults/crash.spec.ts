import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EventStore, Stored } from '../../port.js';
import { openLogEventStore } from '../index.js';
import type { CommitData, crashing } from './testing/crashing.js';
import { systemClock, zeros } from './testing/machine.js';

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 50);
const ROUNDS_A_LOG = 200;
const AHEAD = 2;
const CALLED: keyof { crashing: typeof crashing } = 'crashing';

const running = new Set<ChildProcessWithoutNullStreams>();

type Child = { process: ChildProcessWithoutNullStreams; round: number; said: () => string[] };

/** A process that is loaded, and waits to be told to begin. */
const started = (path: string, round: number): Child => {
  const source = join(import.meta.dirname, 'testing/crashing.ts');
  const script = `import { ${CALLED} } from '${source}'; await ${CALLED}('${path}', '${round}');`;
  const run = ['--conditions', 'source', '--import', './test/typescript.js'];
  const child = spawn(process.execPath, [...run, '--input-type=module', '--eval', script]);
  running.add(child);
  child.once('exit', () => running.delete(child));
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += `error ${chunk}\n`;
  });
  // What follows the last end of a line was cut off by the kill.
  return { process: child, round, said: () => text.split('\n').slice(0, -1) };
};

const until = async (child: Child, line: string) => {
  while (!child.said().includes(line)) {
    const { exitCode } = child.process;
    if (exitCode !== null) throw new Error(`ended with ${exitCode}: ${child.said().join('\n')}`);
    await setTimeout(2);
  }
};

/** Lets it write, for a while that its round tells, and kills it; answers what it said. */
const lived = async (child: Child): Promise<string[]> => {
  await until(child, 'ready');
  child.process.stdin.write('go\n');
  await until(child, 'open');
  await setTimeout(30 + ((child.round * 7919) % 171));
  const closed = once(child.process, 'close');
  child.process.kill('SIGKILL');
  await closed;
  return child.said();
};

const wordsOf = (lines: string[], word: string) =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(' ').slice(1));

const collected = async (batches: AsyncIterable<Stored[]>) => {
  const all: Stored[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
};

/** Keeps what each stream must go on with. */
type Known = { next: Map<string, number>; created: number; events: number; acks: number };

/** Streams have no gaps, time never runs back, and the events of a commit lie together, all. */
const expectInOrder = (events: Stored[], known: Known) => {
  let left = 0;
  for (const { stream, revision, created, data } of events) {
    const { part, of } = data as CommitData;
    const [next, place] = [known.next.get(stream) ?? 0, left === 0 ? 0 : of - left];
    if (revision !== next || part !== place || created < known.created) {
      throw new Error(`${stream}@${revision}: ${JSON.stringify({ next, part, place, created })}`);
    }
    left = (left === 0 ? of : left) - 1;
    known.next.set(stream, revision + 1);
    known.created = created;
  }
  expect(left).toBe(0);
};

const expectAcknowledged = (events: Stored[], lines: string[]) => {
  const last = new Map<string, string>();
  for (const { data, revision, position } of events) {
    last.set((data as CommitData).commit, `${revision} ${position}`);
  }
  const acks = wordsOf(lines, 'ack');
  const lost = acks.filter(
    ([commit = '', revision, position]) => last.get(commit) !== `${revision} ${position}`,
  );
  expect(lost).toEqual([]);
  return acks.length;
};

const expectSeen = (events: Stored[], lines: string[]) => {
  const seen = wordsOf(lines, 'saw').map((words) => words.join(' '));
  const there = events.slice(0, seen.length).map(({ position, id }) => `${position} ${id}`);
  expect(seen).toEqual(there);
};

const opened = (path: string): Promise<EventStore> =>
  openLogEventStore({ path, random: zeros, clock: systemClock, segmentBytes: 128 << 10 });

/** Checks what a round added to the log, and how it ended. */
const checkRound = async (path: string, lines: string[], known: Known, after?: bigint) => {
  const errors = lines.filter((line) => /error/i.test(line));
  expect(errors).toEqual([]);
  const store = await opened(path);
  const from = after === undefined ? {} : { from: after + 1n };
  const events = await collected(store.readAll(from));
  expectInOrder(events, known);
  known.acks += expectAcknowledged(events, lines);
  known.events += events.length;
  expectSeen(events, lines);
  const head = await store.head();
  await store.close();
  return head;
};

describe(`a process that is killed ${ROUNDS} times`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-crash-'));
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  /** Rounds on one log, which grows; answers how much was written. */
  const rounds = async (path: string, from: number, to: number): Promise<Known> => {
    const known: Known = { next: new Map(), created: 0, events: 0, acks: 0 };
    const ahead = Math.min(AHEAD, to - from);
    const waiting = Array.from({ length: ahead }, (_, n) => started(path, from + n));
    let head: bigint | undefined;
    for (let round = from; round < to; round++) {
      const lines = await lived(waiting.shift() as Child);
      if (round + AHEAD < to) waiting.push(started(path, round + AHEAD));
      head = await checkRound(path, lines, known, head);
    }
    const store = await opened(path);
    const whole: Known = { next: new Map(), created: 0, events: 0, acks: 0 };
    expectInOrder(await collected(store.readAll()), whole);
    expect(whole.next).toEqual(known.next);
    await store.close();
    return known;
  };

  it(
    'loses nothing that it acknowledged or showed, and leaves no half of a commit',
    async () => {
      for (let from = 0; from < ROUNDS; from += ROUNDS_A_LOG) {
        const to = Math.min(ROUNDS, from + ROUNDS_A_LOG);
        const { acks, events } = await rounds(join(folder, `${from}`), from, to);
        expect(acks).toBeGreaterThan(to - from);
        if (!process.env.CRASH_ROUNDS) continue;
        process.stderr.write(`${to} rounds: ${acks} acknowledged, ${events} events\n`);
      }
    },
    ROUNDS * 10_000,
  );
});
