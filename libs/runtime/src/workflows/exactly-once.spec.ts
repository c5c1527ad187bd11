import fc from 'fast-check';
import type { EventStore } from '#lumbung/event-store';
import { dataOf } from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { emptyLog, inSmallBatches } from '../testing/coin-log.js';
import { crashing } from '../testing/crash.js';
import { ask, doneBy, errandProcess, eventsIn } from '../testing/errands.js';
import { virtualPlatform } from '../testing/platform.js';
import { Answered, Reacted } from './process.stream.js';

type Errand = { who: string; chores: string[] };

/** What each does and how often each is refused, told without any machinery. */
const expectedOf = (errands: readonly Errand[], who: string) => {
  const chores = errands
    .filter((errand) => errand.who === who)
    .flatMap((errand, index) => errand.chores.map((chore) => `${index} ${chore}`));
  const refused = chores.filter((chore) => chore.endsWith('heavy'));
  return {
    done: chores.map((chore) => (chore.endsWith('heavy') ? `${chore} TOO_HEAVY halved` : chore)),
    refused,
    answered: chores.length + refused.length,
  };
};

const recordedFor = async (log: EventStore, who: string) => {
  const events = await eventsIn(log, `workflow-errands.${who}`);
  const answers = dataOf(Answered, events);
  return {
    done: await doneBy(log, who),
    refused: answers.flatMap(({ intent, outcome }) =>
      outcome.accepted ? [] : [(intent.command.data as { chore: string }).chore],
    ),
    answered: answers.length,
  };
};

type Life = { errands: Errand[]; batchSize: number };

/** Runs the errands in a process that dies at its nth act, and then in one that lives. */
const live = async ({ errands, batchSize }: Life, nth: number, when: 'before' | 'after') => {
  const log = inSmallBatches(emptyLog(), batchSize);
  const readStore = memoryReadStore();
  const machine = virtualPlatform();
  let last = 0n;
  for (const { who, chores } of errands) last = (await ask(log, who, chores)).position;
  const crash = crashing(nth, when);
  const first = errandProcess({
    log,
    through: crash.log,
    readStore: crash.readStore(readStore),
    machine,
    dispatching: crash.dispatching,
  });
  await first.runner.start();
  await Promise.race([first.followed(last), crash.died]);
  await first.runner.stop();
  const second = errandProcess({ log, readStore, machine });
  await second.runner.start();
  await second.followed(last);
  await second.runner.stop();
  return { log, died: crash.isDead() };
};

const WHO = ['siti', 'budi'];

const life: fc.Arbitrary<Life> = fc.record({
  errands: fc.array(
    fc.record({
      who: fc.constantFrom(...WHO),
      chores: fc.array(fc.constantFrom('sweep', 'cook', 'lift heavy'), { maxLength: 3 }),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  batchSize: fc.integer({ min: 1, max: 5 }),
});

describe('what follows from an event', () => {
  for (const when of ['before', 'after'] as const) {
    it(`happens once and in order, at whichever act the process dies (${when})`, async () => {
      let deaths = 0;
      await fc.assert(
        fc.asyncProperty(life, async (lived) => {
          for (let nth = 0; ; nth++) {
            const { log, died } = await live(lived, nth, when);
            for (const who of WHO) {
              expect(await recordedFor(log, who)).toEqual(expectedOf(lived.errands, who));
              const heard = await eventsIn(log, `workflow-errands.${who}`);
              const asked = lived.errands.filter((errand) => errand.who === who);
              expect(dataOf(Reacted, heard)).toHaveLength(asked.length);
            }
            if (!died) break;
            deaths += 1;
          }
        }),
        { numRuns: 40 },
      );
      expect(deaths).toBeGreaterThan(80);
    });
  }
});
