import type { EventStore } from '#lumbung/event-store';
import {
  type AnyWorkflow,
  Conflict,
  DAY_MS,
  dataOf,
  type EventDeclaration,
  event,
  later,
  Rejection,
  reacts,
  Unavailable,
  uuidOf,
  z,
} from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { emptyLog } from '../testing/coin-log.js';
import { Asked, ask, doneBy, errandProcess, errandsOf, eventsIn } from '../testing/errands.js';
import { CALLER } from '../testing/jar.js';
import { MORNING, settled, virtualPlatform } from '../testing/platform.js';
import { Answered } from './process.stream.js';
import type { Dispatch } from './workflow-runner.js';

/** Fails as often as told, each time with what is given. */
const failing = (times: number, error: () => Error) => {
  let left = times;
  const dispatching =
    (dispatch: Dispatch): Dispatch =>
    (pattern, call) =>
      left-- > 0 ? Promise.reject(error()) : dispatch(pattern, call);
  return { dispatching };
};

const outcomesOf = async (log: ReturnType<typeof emptyLog>, who: string) =>
  dataOf(Answered, await eventsIn(log, `workflow-errands.${who}`)).map(({ intent, outcome }) => [
    (intent.command.data as { chore: string }).chore,
    outcome,
  ]);

describe('a restart that loses the place', () => {
  /** Refuses everything until it is opened. */
  const refusing = () => {
    let isOpen = false;
    const dispatching =
      (dispatch: Dispatch): Dispatch =>
      (pattern, call) =>
        isOpen ? dispatch(pattern, call) : Promise.reject(new Rejection('TOO_EARLY', 'Nanti.'));
    return {
      dispatching,
      open: () => {
        isOpen = true;
      },
    };
  };

  it('sends nothing again that was answered, though it might be accepted by now', async () => {
    const { dispatching, open } = refusing();
    const log = emptyLog();
    const plain = { ...errandsOf(), answered: () => [] };
    const { position } = await ask(log, 'siti', ['sweep']);
    for (let time = 0; time < 2; time++) {
      const { runner, followed } = errandProcess({ log, dispatching, workflow: plain });
      await runner.start();
      await followed(position);
      await runner.stop();
      open();
    }
    expect(await outcomesOf(log, 'siti')).toEqual([
      ['0 sweep', { accepted: false, code: 'TOO_EARLY' }],
    ]);
    expect(await doneBy(log, 'siti')).toEqual([]);
  });

  it('takes as done what the process has forgotten in the meantime', async () => {
    const log = emptyLog();
    const readStore = memoryReadStore();
    const machine = virtualPlatform();
    const hearing = async (position: bigint, kept: ReadStore) => {
      const { runner, followed } = errandProcess({ log, machine, readStore: kept });
      await runner.start();
      await followed(position);
      await runner.stop();
    };
    const first = await ask(log, 'siti', ['sweep']);
    await hearing(first.position, readStore);
    machine.advance(100 * DAY_MS);
    const recordedAt = machine.platform.clock.now();
    const second = await ask(log, 'siti', ['cook'], { recordedAt });
    await hearing(second.position, readStore);
    await hearing(second.position, memoryReadStore());
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook']);
  });
});

describe('what was answered', () => {
  const countingReads = (log: EventStore, name: string) => {
    let reads = 0;
    const store: EventStore = {
      ...log,
      readStream: (stream, options) => {
        if (stream === name) reads += 1;
        return log.readStream(stream, options);
      },
    };
    return { store, reads: () => reads };
  };

  it('is looked for after a restart only, and not for what came since', async () => {
    const log = emptyLog();
    const hearing = async (...errands: string[]) => {
      const { store, reads } = countingReads(log, 'workflow-errands.siti');
      const { runner, followed } = errandProcess({ log, through: () => store });
      await runner.start();
      for (const chore of errands) await followed((await ask(log, 'siti', [chore])).position);
      await followed((await log.head()) ?? 0n);
      await runner.stop();
      return reads();
    };
    // Each loads its state once; what was heard before is read again, and the answers after it.
    expect(await hearing('sweep', 'cook', 'wash')).toBe(1);
    expect(await hearing('iron')).toBe(1 + 2 * 3);
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook', '2 wash', '3 iron']);
  });
});

describe('what a process remembers', () => {
  type Tasks = { who: string; tasks: string[] };
  // The same fact under another name, as a later version of the program tells it.
  const Tasked = event(
    Asked.type,
    2,
    { who: z.string(), tasks: z.array(z.string()) },
    { 1: ({ who, chores }: { who: string; chores: string[] }) => ({ who, tasks: chores }) },
  );
  const [intent] = errandsOf().on;
  const workflowOf = <D extends { who: string }>(
    declaration: EventDeclaration<'errand.Asked', D>,
    choresOf: (data: D) => string[],
  ): AnyWorkflow => ({
    ...errandsOf(),
    on: [
      reacts<{ asked: number }, 'errand.Asked', D>(declaration, {
        process: ({ data }) => data.who,
        decide: (state, { data, ...rest }) =>
          intent?.decide(state, { ...rest, data: { ...data, chores: choresOf(data) } }) ?? [],
        evolve: (state, { data }) => {
          state.asked += choresOf(data).length;
        },
      }),
    ],
  });
  const before = workflowOf(Asked, ({ chores }) => chores);
  const after = workflowOf<Tasks>(Tasked, ({ tasks }) => tasks);

  const hearing = async (log: EventStore, workflow: AnyWorkflow, declaration: object) => {
    const machine = virtualPlatform();
    const running = errandProcess({
      log,
      machine,
      workflow,
      declaration: declaration as typeof Asked,
    });
    await running.runner.start();
    return { ...running, machine };
  };

  it('is what it heard, in the words of newer code', async () => {
    const log = emptyLog();
    const first = await ask(log, 'siti', ['sweep', 'cook']);
    const old = await hearing(log, before, Asked);
    await old.followed(first.position);
    await old.runner.stop();
    const second = await ask(log, 'siti', ['wash']);
    const newer = await hearing(log, after, Tasked);
    await newer.followed(second.position);
    await newer.runner.stop();
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '0 cook', '2 wash']);
  });

  it('and does not understand keeps it waiting for code that does', async () => {
    const log = emptyLog();
    const id = '00000000-0000-4000-8000-000000000001';
    const told = { ...Tasked({ who: 'siti', tasks: ['sweep'] }), id, metadata: TEST_METADATA };
    const { position } = await log.append('errand-siti', [told], 'any');
    const newer = await hearing(log, after, Tasked);
    await newer.followed(position);
    await newer.runner.stop();
    await ask(log, 'siti', ['cook']);
    const readStore = memoryReadStore();
    const place = { storeId: log.id, position: String(position), eventId: id };
    await readStore.put([], { 'workflow-errands': place });
    const old = errandProcess({ log, readStore, workflow: before });
    await old.runner.start();
    await settled();
    expect(old.machine.slept_ms).toEqual([20]);
    expect(old.runner.position).toBe(position);
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep']);
    await old.runner.stop();
  });
});

describe('a command that cannot be answered now', () => {
  it.each([
    ['Unavailable', () => new Unavailable('TOO_BUSY', 'Coba lagi.')],
    ['Conflict', () => new Conflict('somebody was faster')],
  ])('is sent again, ever more patiently, until it is (%s)', async (_, error) => {
    const machine = virtualPlatform();
    const { log, runner, followed } = errandProcess({ machine, ...failing(11, error) });
    const { position } = await ask(log, 'siti', ['sweep']);
    await runner.start();
    await settled();
    expect(machine.slept_ms).toEqual([20]);
    expect(await doneBy(log, 'siti')).toEqual([]);
    for (let time = 0; time < 11; time++) {
      machine.advance(machine.slept_ms.at(-1) ?? 0);
      await settled();
    }
    await followed(position);
    await runner.stop();
    expect(machine.slept_ms).toEqual([20, 40, 80, 160, 320, 640, 1280, 2560, 5000, 5000, 5000]);
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep']);
  });

  it('is not waited for by a process that stops', async () => {
    const tooBusy = () => new Unavailable('TOO_BUSY', 'Coba lagi.');
    const { log, runner, failed, readStore } = errandProcess(failing(1, tooBusy));
    await ask(log, 'siti', ['sweep']);
    await runner.start();
    await settled();
    await runner.stop();
    const outcome = await Promise.race([failed, settled().then(() => 'stopped in peace')]);
    expect(outcome).toBe('stopped in peace');
    expect(await readStore.checkpoint('workflow-errands')).toBeUndefined();
  });

  it('for a reason that nobody expected parks its process, and the others go on', async () => {
    const bug = () => new TypeError('a handler with a bug');
    const { log, runner, followed } = errandProcess(failing(1, bug));
    await ask(log, 'siti', ['sweep']);
    await runner.start();
    await followed((await ask(log, 'siti', ['cook'])).position);
    await followed((await ask(log, 'budi', ['plough'])).position);
    expect(runner.parking.waiting()).toEqual([
      {
        ...{ reader: 'errands', key: 'siti', code: 'UNEXPECTED', attempts: 1, waiting: 2 },
        reason: expect.stringMatching(/^TypeError process\.spec\.ts:\d+$/),
      },
    ]);
    expect(await doneBy(log, 'siti')).toEqual([]);
    expect(await doneBy(log, 'budi')).toEqual(['0 plough']);
    await runner.stop();
  });

  it('for such a reason is sent when it is tried again, also after a restart', async () => {
    const bug = () => new TypeError('a handler with a bug');
    const { log, readStore, runner, followed } = errandProcess(failing(1, bug));
    await runner.start();
    await followed((await ask(log, 'siti', ['sweep'])).position);
    await runner.stop();
    const again = errandProcess({ log, readStore });
    await again.runner.start();
    await again.followed((await ask(log, 'siti', ['cook'])).position);
    expect(await doneBy(log, 'siti')).toEqual([]);
    const resumed = await again.runner.parking.retry('siti', CALLER);
    expect(resumed).toEqual({ taken: 2, left: null });
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook']);
    await again.followed((await ask(log, 'siti', ['rest'])).position);
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook', '2 rest']);
    await again.runner.stop();
  });
});

describe('an event that is a riddle', () => {
  it('parks by itself when it cannot even say its process', async () => {
    const workflow = errandsOf(Asked);
    const [reaction] = workflow.on;
    const riddle = {
      ...workflow,
      on: [
        {
          ...reaction,
          process: ({ data }: { data: { who: string } }) => {
            if (data.who === 'siti') throw new TypeError('who is she');
            return data.who;
          },
        },
      ],
    } as typeof workflow;
    const { log, runner, followed } = errandProcess({ workflow: riddle });
    await runner.start();
    const { id } = await ask(log, 'siti', ['sweep']);
    await followed((await ask(log, 'budi', ['plough'])).position);
    expect(await doneBy(log, 'budi')).toEqual(['0 plough']);
    expect(runner.parking.waiting()).toMatchObject([{ key: id, code: 'UNEXPECTED' }]);
    await runner.stop();
  });

  it('that newer code parked makes older code stand still, and not fail', async () => {
    const log = emptyLog();
    const parked = { type: 'parking.EventParked', version: 2, data: {} };
    const kept = { ...parked, id: uuidOf('parked'), metadata: TEST_METADATA };
    await log.append('parking-errands', [kept], 'none');
    const { runner } = errandProcess({ log });
    await ask(log, 'siti', ['sweep']);
    await runner.start();
    await settled();
    expect(runner.parked).toMatchObject({ type: 'parking.EventParked', version: 2 });
    expect(await doneBy(log, 'siti')).toEqual([]);
    await runner.stop();
  });
});

describe('an event that the clock has not come to', () => {
  it('is followed when the clock has, and not passed over', async () => {
    const machine = virtualPlatform();
    const { log, runner, followed } = errandProcess({ machine });
    const recordedAt = later(MORNING, DAY_MS);
    const { position } = await ask(log, 'siti', ['sweep'], { recordedAt });
    await runner.start();
    await settled();
    expect(machine.slept_ms).toEqual([20]);
    expect(await eventsIn(log, 'workflow-errands.siti')).toEqual([]);
    machine.advance(DAY_MS);
    await followed(position);
    await runner.stop();
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep']);
  });
});
