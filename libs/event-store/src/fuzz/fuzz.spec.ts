// One random script over all stores at once; whatever one answers, all must answer.
//
// FUZZ_OPERATIONS=100000 FUZZ_SEED=7 node --experimental-vm-modules \
//   node_modules/jest/bin/jest.js --testTimeout=3600000 libs/event-store/src/fuzz
//
// runs a longer script over memory and log, and FUZZ_SERVED=20000 one over the adapter too; without
// FUZZ_SEED another one each time.
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { mayForget } from '../event-store.contract.js';
import { type Child, startServer } from '../eventstoredb/testing/child.js';
import { clock, openAt, random } from '../eventstoredb/testing/opening.js';
import { viewOf } from '../eventstoredb/testing/view.js';
import { openLogEventStore } from '../log/index.js';
import { memoryEventStore } from '../memory/index.js';
import { chanceOf } from './testing/chance.js';
import type { Operation } from './testing/operation.js';
import { type Opening, Row } from './testing/row.js';
import { Script } from './testing/script.js';

const OPERATIONS = Number(process.env.FUZZ_OPERATIONS ?? 2000);
const OPERATIONS_SERVED = Number(process.env.FUZZ_SERVED ?? 400);
const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
// Small, so that a script goes over many.
const SEGMENT_BYTES = 256 << 10;

const shown = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));

/** The first part in which they differ, so that nobody has to search for it. */
const difference = (a: unknown, b: unknown, path = ''): string => {
  const isDeep = [a, b].every((value) => typeof value === 'object' && value !== null);
  if (isDeep) {
    const [left, right] = [a, b] as Record<string, unknown>[];
    for (const key of new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])) {
      const same = isDeepStrictEqual(left?.[key], right?.[key]);
      if (!same) return difference(left?.[key], right?.[key], `${path}.${key}`);
    }
  }
  return `${path}: ${shown(a)?.slice(0, 500)} | ${shown(b)?.slice(0, 500)}`;
};

const failure = (count: number, operation: Operation, rows: Row[], answers: unknown[]) => {
  const [first, ...rest] = rows;
  const other = rest.findIndex((_, at) => !isDeepStrictEqual(answers[at + 1], answers[0]));
  return new Error(
    `seed ${SEED}, operation ${count}: ${first?.name} and ${rest[other]?.name} differ at ` +
      `${difference(answers[0], answers[other + 1])}\n${shown(operation)?.slice(0, 2000)}`,
  );
};

/** The same script over all of them. */
const compare = async (openings: Opening[], operations: number, isAtomic: boolean) => {
  const rows = openings.map((opening) => new Row(opening));
  await Promise.all(rows.map((row) => row.open()));
  try {
    const [known] = rows as [Row];
    const script = new Script(chanceOf(SEED), known, isAtomic);
    for (let count = 1; count <= operations; count++) {
      const operation = script.next();
      const answers = await Promise.all(rows.map((row) => row.run(operation))).catch((cause) => {
        const what = `seed ${SEED}, operation ${count}: ${cause}`;
        throw new Error(`${what}\n${shown(operation)?.slice(0, 2000)}`, { cause });
      });
      const isSame = answers.every((answer) => isDeepStrictEqual(answer, answers[0]));
      if (!isSame) throw failure(count, operation, rows, answers);
    }
    return known.count;
  } finally {
    await Promise.all(rows.map((row) => row.close()));
  }
};

describe('one script', () => {
  let folder: string;
  let server: Child;
  let logs = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-fuzz-'));
    server = await startServer();
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const memory: Opening = {
    name: 'memory',
    open: async () => memoryEventStore({ random, clock, mayForget }),
  };
  const log = (): Opening => {
    const path = join(folder, `log-${logs++}`);
    const segmentBytes = SEGMENT_BYTES;
    const open = () => openLogEventStore({ path, random, clock, mayForget, segmentBytes });
    return { name: 'log', open, reopen: open };
  };
  const served: Opening = {
    name: 'served',
    open: async () => viewOf(await openAt(server.url, { mayForget })),
  };

  it(`of ${OPERATIONS} operations does the same in memory and in a log`, async () => {
    expect(await compare([memory, log()], OPERATIONS, true)).toBeGreaterThan(OPERATIONS / 4);
  });

  it(`of ${OPERATIONS_SERVED} operations does the same over the protocol`, async () => {
    const count = await compare([memory, log(), served], OPERATIONS_SERVED, false);
    expect(count).toBeGreaterThan(OPERATIONS_SERVED / 4);
  });
});
