import { dataOf, instant } from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { emptyLog, inSmallBatches } from '../testing/coin-log.js';
import { ask, doneBy, errandProcess, errandsOf, eventsIn, NewerAsked } from '../testing/errands.js';
import { MORNING, settled } from '../testing/platform.js';
import { Answered } from './process.stream.js';
import { type Dispatch, WorkflowRunner } from './workflow-runner.js';

/** Lets commands through only when told to, by the chore that they hold. */
const gate = () => {
  const shut = new Map<string, () => void>();
  const dispatching =
    (dispatch: Dispatch): Dispatch =>
    async (pattern, call) => {
      const { chore } = call.command.data as { chore: string };
      if (chore.endsWith('slow')) await new Promise<void>((open) => shut.set(chore, open));
      return dispatch(pattern, call);
    };
  return { dispatching, open: (chore: string) => shut.get(chore)?.() };
};

const outcomesOf = async (log: ReturnType<typeof emptyLog>, who: string) =>
  dataOf(Answered, await eventsIn(log, `workflow-errands.${who}`)).map(({ intent, outcome }) => [
    (intent.command.data as { chore: string }).chore,
    outcome,
  ]);

describe('a workflow', () => {
  it('sends what it means to, on behalf of the event that it heard', async () => {
    const { log, runner, followed } = errandProcess();
    const asked = await ask(log, 'siti', ['sweep', 'cook']);
    await runner.start();
    await followed(asked.position);
    await runner.stop();
    const [first, second] = await eventsIn(log, 'chores-siti');
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '0 cook']);
    expect(first?.metadata).toMatchObject({
      actor: 'system:errands',
      role: 'system',
      correlationId: 'test',
      causationId: asked.id,
      issuedAt: MORNING,
    });
    expect(first?.metadata.commandId).not.toBe(second?.metadata.commandId);
  });

  it('records how each command ended, and goes on from a refusal', async () => {
    const { log, runner, followed } = errandProcess();
    const { position } = await ask(log, 'siti', ['lift heavy', 'cook']);
    await runner.start();
    await followed(position);
    await runner.stop();
    expect(await outcomesOf(log, 'siti')).toEqual([
      ['0 lift heavy', { accepted: false, code: 'TOO_HEAVY' }],
      ['0 lift heavy TOO_HEAVY halved', { accepted: true }],
      ['0 cook', { accepted: true }],
    ]);
    expect(await doneBy(log, 'siti')).toEqual(['0 lift heavy TOO_HEAVY halved', '0 cook']);
  });

  it('does not act on what was recorded before it came to be', async () => {
    const { log, runner, followed } = errandProcess();
    await ask(log, 'siti', ['old'], { recordedAt: instant('2025-12-31T23:59:59.999Z') });
    const since = instant('2026-01-01T00:00:00.000Z');
    const { position } = await ask(log, 'siti', ['new'], { recordedAt: since });
    await runner.start();
    await followed(position);
    await runner.stop();
    expect(await doneBy(log, 'siti')).toEqual(['0 new']);
  });

  it('hears what happens while it runs', async () => {
    const { log, runner, followed } = errandProcess();
    await runner.start();
    for (const chore of ['sweep', 'cook']) {
      const { position } = await ask(log, 'siti', [chore]);
      await followed(position);
    }
    await runner.stop();
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook']);
  });

  it('cannot react to every posting, whatever its name', () => {
    const { runner } = errandProcess();
    const [reaction] = runner.workflow.on;
    const to = reaction?.declaration as NonNullable<typeof reaction>['declaration'];
    const mappings = [{ from: 'posting' as const, to, map: () => undefined }];
    const means = { mappings } as unknown as ConstructorParameters<typeof WorkflowRunner>[1];
    expect(() => new WorkflowRunner(errandsOf(), means)).toThrow('every posting');
  });
});

describe('its place in the log', () => {
  const placeIn = async (store: ReturnType<typeof memoryReadStore>) =>
    (await store.checkpoint('workflow-errands'))?.position;

  it('moves on only when all that follows from an event is answered', async () => {
    const { dispatching, open } = gate();
    const log = inSmallBatches(emptyLog(), 1);
    const { runner, readStore, followed } = errandProcess({ log, dispatching });
    const first = await ask(log, 'siti', ['sweep']);
    const second = await ask(log, 'siti', ['cook', 'slow', 'wash']);
    await runner.start();
    await followed(first.position);
    await settled();
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook']);
    expect(runner.position).toBe(first.position);
    expect(await placeIn(readStore)).toBe(String(first.position));
    open('1 slow');
    await followed(second.position);
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook', '1 slow', '1 wash']);
    expect(await placeIn(readStore)).toBe(String(second.position));
    await runner.stop();
  });

  it('is held up by one process, while the others of its batch go on', async () => {
    const { dispatching, open } = gate();
    const { log, runner, followed } = errandProcess({ dispatching });
    await ask(log, 'siti', ['slow']);
    await ask(log, 'siti', ['cook']);
    const { position } = await ask(log, 'budi', ['sweep', 'wash']);
    await runner.start();
    await settled();
    expect(await doneBy(log, 'siti')).toEqual([]);
    expect(await doneBy(log, 'budi')).toEqual(['0 sweep', '0 wash']);
    expect(runner.position).toBeUndefined();
    open('0 slow');
    await followed(position);
    expect(await doneBy(log, 'siti')).toEqual(['0 slow', '1 cook']);
    await runner.stop();
  });

  it('is where a restart goes on, without hearing again what was answered', async () => {
    const log = emptyLog();
    const readStore = memoryReadStore();
    const before = errandProcess({ log, readStore });
    const first = await ask(log, 'siti', ['sweep']);
    await before.runner.start();
    await before.followed(first.position);
    await before.runner.stop();
    const begun: (bigint | undefined)[] = [];
    const through: typeof before.log = {
      ...log,
      subscribe: (options) => {
        begun.push(options?.after);
        return log.subscribe(options);
      },
    };
    const after = errandProcess({ log: through, readStore });
    const second = await ask(log, 'siti', ['cook']);
    await after.runner.start();
    await after.followed(second.position);
    await after.runner.stop();
    expect(begun).toEqual([first.position]);
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook']);
  });
});

describe('an event newer than the code', () => {
  it('parks the workflow before it, and is acted on by newer code, in order', async () => {
    const log = emptyLog();
    const readStore = memoryReadStore();
    const old = errandProcess({ log, readStore });
    await ask(log, 'siti', ['sweep']);
    const newer = await ask(log, 'siti', ['cook'], { version: 2 });
    const { position } = await ask(log, 'budi', ['wash']);
    await old.runner.start();
    await old.followed(position);
    await ask(log, 'siti', ['iron']);
    const last = await ask(log, 'budi', ['mend']);
    await old.followed(last.position);
    expect(old.runner.parked).toMatchObject({
      position: newer.position,
      type: 'errand.Asked',
      version: 2,
    });
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep']);
    expect(await doneBy(log, 'budi')).toEqual([]);
    await old.runner.stop();
    const present = errandProcess({ log, readStore, declaration: NewerAsked });
    await present.runner.start();
    await present.followed(last.position);
    await present.runner.stop();
    expect(present.runner.parked).toBeUndefined();
    expect(await doneBy(log, 'siti')).toEqual(['0 sweep', '1 cook', '2 iron']);
    expect(await doneBy(log, 'budi')).toEqual(['0 wash', '1 mend']);
  });

  it('that was recorded before the workflow came to be is nothing to it', async () => {
    const { log, runner, followed } = errandProcess();
    const recordedAt = instant('2025-12-31T00:00:00.000Z');
    await ask(log, 'siti', ['old'], { version: 2, recordedAt });
    const { position } = await ask(log, 'siti', ['new']);
    await runner.start();
    await followed(position);
    await runner.stop();
    expect(runner.parked).toBeUndefined();
    expect(await doneBy(log, 'siti')).toEqual(['0 new']);
  });
});
