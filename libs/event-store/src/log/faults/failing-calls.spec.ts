import type { EventStore } from '../../port.js';
import { type Bounds, expectWhole } from './testing/check.js';
import { type Call, type Failure, FaultyDisk, type Leaving, nth } from './testing/faulty-disk.js';
import {
  collect,
  machine,
  nothingYet,
  openOn,
  type Progress,
  streamsOf,
  type Truth,
  TURNS,
  takeTurns,
  truths,
} from './testing/workload.js';

const LEAVINGS: Leaving[] = ['synced', 'names', 'all'];

type Failing = { name: Call['name']; failure: Failure };

const FAILING: Failing[] = [
  { name: 'append', failure: { code: 'ENOSPC' } },
  { name: 'append', failure: { code: 'ENOSPC', written: 100 } },
  { name: 'append', failure: { code: 'EIO', written: Number.POSITIVE_INFINITY } },
  { name: 'write', failure: { code: 'ENOSPC' } },
  { name: 'write', failure: { code: 'EIO', written: Number.POSITIVE_INFINITY } },
  { name: 'truncate', failure: { code: 'ENOSPC' } },
  { name: 'sync', failure: { code: 'EIO' } },
  { name: 'open', failure: { code: 'EACCES' } },
  { name: 'rename', failure: { code: 'EACCES' } },
  { name: 'syncFolder', failure: { code: 'EIO' } },
];

/** A whole life on a disk whose n-th call of a name fails. */
type Life = {
  disk: FaultyDisk;
  progress: Progress;
  store: EventStore | undefined;
  happened: boolean;
  refusal: Error | undefined;
};

const live = async ({ name, failure }: Failing, n: number): Promise<Life> => {
  const fails = nth(name, n, failure);
  const life: Life = {
    ...{ progress: nothingYet(), store: undefined, happened: false, refusal: undefined },
    disk: new FaultyDisk(new Map(), (call) => {
      const now = fails(call);
      life.happened ||= now !== undefined;
      return now;
    }),
  };
  life.store = await openOn(life.disk, machine()).catch((error) => {
    life.refusal = error;
    return undefined;
  });
  if (life.store) await takeTurns(life.store, TURNS, life.progress);
  return life;
};

/** Looks at the lives in which the first, second, third … such call fails, until there is none. */
const lives = async (
  failing: Failing,
  look: (life: Life, close: () => Promise<unknown>) => Promise<void>,
): Promise<number> => {
  for (let n = 1; ; n++) {
    const life = await live(failing, n);
    const closing = () => life.store?.close().catch((error) => error) ?? Promise.resolve();
    await look(life, closing);
    await closing();
    if (!life.happened) return n - 1;
  }
};

const titleOf = ({ name, failure: { code, written } }: Failing) =>
  `${name} with ${code}${written ? ` after ${written} bytes` : ''}`;

describe.each(FAILING.map((failing) => [titleOf(failing), failing] as const))(
  'a failing %s',
  (_, failing) => {
    let all: Truth[];
    beforeAll(async () => {
      all = await truths();
    });

    const expectRefusal = ({ progress, refusal }: Life) => {
      const errors = refusal ? [refusal] : progress.failures;
      for (const { name, message } of errors) {
        expect(name).toBe('StoreUnavailable');
        expect(message).toContain(failing.failure.code);
      }
      // From the first refusal on, all are refused.
      expect(progress.answered + progress.failures.length).toBe(progress.accepted);
    };

    /** What it still shows is all that it acknowledged, and nothing else. */
    const expectReadable = async ({ store, progress }: Life) => {
      if (!store || progress.failures.length === 0) return;
      const log = await collect(store.readAll({ system: true }));
      expect(all[progress.answered]?.log).toEqual(log);
      expect(progress.seen).toBe(log.length);
      const event = { id: '00000000-0000-0000-0000-000000000001', type: 'test.Late', version: 1 };
      const late = store.append('z-1', [{ ...event, data: {}, metadata: {} as never }], 'any');
      await expect(late).rejects.toMatchObject({
        name: 'StoreUnavailable',
        message: expect.stringContaining(failing.failure.code),
      });
    };

    const expectLeft = async ({ disk, progress }: Life) => {
      const bounds: Bounds = { least: progress.answered, most: progress.accepted };
      for (const leaving of LEAVINGS) await expectWhole(disk.left(leaving), all, bounds);
    };

    it('is told to all who append, and what was acknowledged is there afterwards', async () => {
      const count = await lives(failing, async (life, close) => {
        expectRefusal(life);
        await expectReadable(life);
        // The process may end here, and the power fail with it.
        await expectLeft(life);
        await close();
        await expectLeft(life);
      });
      expect(count).toBeGreaterThan(0);
    });

    it('leaves the streams as they were acknowledged', async () => {
      await lives(failing, async ({ store, progress }) => {
        const shown = store && (await streamsOf(store));
        if (shown) expect(shown).toEqual(all[progress.answered]?.streams);
      });
    });

    it('leaves nothing open or locked when the log is closed, or was not opened', async () => {
      await lives(failing, async ({ disk }, close) => {
        expect(await close()).toBeUndefined();
        expect({ open: disk.opened, isLocked: disk.list().includes('lock') }).toEqual({
          ...{ open: 0, isLocked: false },
        });
      });
    });
  },
);
