import type { RegionApi } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { instant, projection, reacts, toPublic, type Workflow, when } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Engine } from './engine.js';
import { ProgressHandler } from './progress.handler.js';
import type { Service } from './service.js';
import { CoinsLent, emptyLog, loans, write } from './testing/coin-log.js';
import { Asked, ask, choresStream, Done, doing, errandsOf } from './testing/errands.js';
import { CALLER, DEPLOYMENT, testSealing } from './testing/jar.js';
import { settled, virtualPlatform } from './testing/platform.js';
import { watched } from './testing/read-stores.js';
import type { Dispatch } from './workflows/workflow-runner.js';

type Days = { who: string; chores: string[] };

const days = projection<Days>({
  name: 'days',
  version: 1,
  indexes: {},
  initial: (who) => ({ who, chores: [] }),
  on: [
    when(Done, {
      keys: ({ stream }) => [stream.slice('chores-'.length)],
      evolve: (day, { data }) => ({ ...day, chores: [...day.chores, data.chore] }),
    }),
  ],
});

/** Thanks for each chore that was done, and for no thanks. */
const thanks: Workflow<null> = {
  name: 'thanks',
  since: instant('2026-01-01T00:00:00.000Z'),
  initial: null,
  on: [
    reacts<null, 'errand.Done', { chore: string }>(Done, {
      process: () => 'all',
      decide: (_, { data: { chore } }) =>
        chore.startsWith('thank') ? [] : [doing('host', `thank for ${chore}`)],
    }),
  ],
};

const bare: Service = {
  name: 'bare',
  module: class {},
  writes: [],
  streams: [],
  projections: [],
  publishes: [],
  workflows: [],
};

const errands: Service = {
  ...bare,
  name: 'errands',
  projections: [days, loans],
  publishes: [toPublic(Asked, Asked, ({ data }) => data), toPublic(Done, Done, ({ data }) => data)],
  workflows: [errandsOf(), thanks],
};

type Options = { log?: EventStore; readStore?: ReadStore; services?: Service[] };

/** A started process; `shut` holds back the commands of workflows. */
const running = async ({
  log = emptyLog(),
  readStore = memoryReadStore(),
  services = [errands],
}: Options = {}) => {
  const machine = virtualPlatform();
  let shut: Promise<void> | undefined;
  let open: () => void = () => undefined;
  const dispatch: Dispatch = async (_, { command, caller }) => {
    await shut;
    const { who } = command.data as { who: string };
    const executed = await engine.commands.execute(choresStream, [who], command, caller);
    return { position: String(executed.position) };
  };
  const engine: Engine = new Engine({
    store: log,
    readStoreOf: () => readStore,
    sealing: testSealing,
    platform: machine.platform,
    deployment: DEPLOYMENT,
    services,
    dispatch,
    onFailure: (error) => {
      throw error;
    },
  });
  await engine.start({ keepsTime: false });
  await settled();
  return {
    log,
    readStore,
    machine,
    engine,
    wait: (position: bigint) => engine.progress.wait(position),
    progress: () => engine.progress.progress(),
    shut: () => {
      shut = new Promise((resolve) => {
        open = resolve;
      });
    },
    open: () => open(),
  };
};

describe('waiting for a position', () => {
  it('includes what workflows do about it, in turn, and what can be read of that', async () => {
    const { log, engine, wait } = await running();
    const { position } = await ask(log, 'siti', ['sweep', 'cook']);
    expect(await wait(position)).toBe(true);
    expect(await engine.readModels.read(days, 'siti')).toMatchObject({
      chores: ['0 sweep', '0 cook'],
    });
    expect(await engine.readModels.read(days, 'host')).toMatchObject({
      chores: ['thank for 0 sweep', 'thank for 0 cook'],
    });
    await engine.stop();
  });

  it('gives up after two seconds, and may be tried again', async () => {
    const { log, engine, machine, wait, shut, open } = await running();
    shut();
    const { position } = await ask(log, 'siti', ['sweep']);
    let answer: boolean | undefined;
    const waiting = wait(position).then((followed) => {
      answer = followed;
    });
    await settled();
    machine.advance(1_999);
    await settled();
    expect(answer).toBeUndefined();
    machine.advance(1);
    await waiting;
    expect(answer).toBe(false);
    open();
    expect(await wait(position)).toBe(true);
    await engine.stop();
  });

  it('gives up on what has not been written yet', async () => {
    const { engine, machine, wait } = await running();
    const waiting = wait(1_000_000n);
    machine.advance(2_000);
    expect(await waiting).toBe(false);
    await engine.stop();
  });

  it('leaves no timer behind', async () => {
    const { log, engine, machine, wait } = await running();
    const { position } = await ask(log, 'siti', []);
    await wait(position);
    const slept = machine.slept_ms.length;
    await wait(position);
    expect(machine.slept_ms).toHaveLength(slept + 1);
    expect(machine.sleeping()).toBe(0);
    await engine.stop();
  });

  it('is over at once where nothing reads the log', async () => {
    const { log, engine, wait, progress } = await running({ services: [bare] });
    const position = await write(log, [1]);
    expect(await wait(position)).toBe(true);
    expect(await progress()).toMatchObject({ projections: {}, workflows: {}, caughtUp: true });
    await engine.stop();
  });
});

describe('progress', () => {
  it('of an empty log is complete', async () => {
    const { engine, progress } = await running();
    expect(await progress()).toEqual({
      head: null,
      projections: { all: { position: null, live: true } },
      workflows: {
        errands: { position: null, live: true },
        thanks: { position: null, live: true },
      },
      building: [],
      rebuilding: {},
      parked: {},
      caughtUp: true,
    });
    await engine.stop();
  });

  it('says how far each reader has come', async () => {
    const { log, engine, wait, progress, shut, open } = await running();
    const first = await ask(log, 'siti', []);
    await wait(first.position);
    await settled();
    const before = await progress();
    shut();
    const { position } = await ask(log, 'siti', ['sweep']);
    await settled();
    const behind = await progress();
    expect(behind.workflows.errands).toEqual({ position: before.head, live: false });
    expect(behind.projections.all).toEqual({ position: behind.head, live: true });
    expect(behind.caughtUp).toBe(false);
    open();
    await wait(position);
    await settled();
    const { head, workflows, caughtUp } = await progress();
    expect(Object.values(workflows)).toEqual([
      { position: head, live: true },
      { position: head, live: true },
    ]);
    expect(caughtUp).toBe(true);
    await engine.stop();
  });

  it('is not complete before everything can be read', async () => {
    const log = emptyLog();
    await write(log, [1], {}, CoinsLent);
    const { store, shut, open } = watched(memoryReadStore());
    shut();
    const { engine, progress } = await running({ log, readStore: store });
    expect(await progress()).toMatchObject({
      building: ['days', 'loans'],
      projections: { all: { position: null, live: false } },
      caughtUp: false,
    });
    open();
    await engine.projections.untilServingAll();
    expect(await progress()).toMatchObject({ building: [], caughtUp: true });
    await engine.stop();
  });

  it('is not complete while a projection that is new is read beside the others', async () => {
    const readStore = memoryReadStore();
    const before = await running({ readStore, services: [{ ...bare, projections: [loans] }] });
    const { log } = before;
    await before.wait(await write(log, [1], {}, CoinsLent));
    await before.engine.stop();
    const { store, shut, open } = watched(readStore);
    shut();
    const { engine, progress } = await running({
      log,
      readStore: store,
      services: [{ ...bare, projections: [loans, days] }],
    });
    const { projections, building, caughtUp } = await progress();
    expect([projections.all?.live, building, caughtUp]).toEqual([true, ['days'], false]);
    open();
    await engine.projections.untilServingAll();
    expect((await progress()).caughtUp).toBe(true);
    await engine.stop();
  });

  it('says how far a rebuild has come, which keeps nobody from reading', async () => {
    const { store, shut, open } = watched(memoryReadStore());
    const { log, engine, wait, progress } = await running({ readStore: store });
    await wait(await write(log, [1], {}, CoinsLent));
    shut();
    const rebuilt = engine.projections.rebuild('loans');
    await settled();
    expect(await progress()).toMatchObject({
      building: ['loans'],
      rebuilding: { loans: { position: null, live: false } },
      caughtUp: true,
    });
    open();
    await rebuilt;
    expect(await progress()).toMatchObject({ building: [], rebuilding: {} });
    await engine.stop();
  });

  it('is not complete while something is parked, says why, and keeps nobody waiting', async () => {
    const { log, readStore, engine, wait, progress } = await running();
    const newer = await write(log, [1], { version: 2 }, CoinsLent);
    const asked = await ask(log, 'siti', ['sweep'], { version: 2 });
    const last = await write(log, [2]);
    expect(await wait(last)).toBe(true);
    await settled();
    const { parked, caughtUp, projections } = await progress();
    expect(parked).toEqual({
      loans: { position: String(newer), type: 'jar.CoinsLent', version: 2 },
      errands: { position: String(asked.position), type: 'errand.Asked', version: 2 },
    });
    expect(projections.all?.live).toBe(true);
    expect(caughtUp).toBe(false);
    await engine.stop();
    const again = await running({ log, readStore });
    expect((await again.progress()).parked).toEqual(parked);
    await again.engine.stop();
  });
});

describe('its handler', () => {
  const handlerOf = async (options?: Options) => {
    const process = await running(options);
    let asks = 0;
    const places = async () => {
      asks += 1;
      return [{ regency: 'Kabupaten Kediri' }];
    };
    const handler = new ProgressHandler([process.engine.progress], {
      places,
    } as unknown as RegionApi);
    return { ...process, handler, asks: () => asks };
  };
  const asked = { query: {}, caller: CALLER };

  it('says what the process serves, and asks for the name of its regency once', async () => {
    const { engine, handler, asks } = await handlerOf();
    const info = {
      regency: '35.06',
      regencyName: 'Kabupaten Kediri',
      businessDate: '2026-03-02',
      zone: 'Asia/Jakarta',
      demo: false,
      caughtUp: true,
    };
    expect(await handler.platform(asked)).toEqual(info);
    expect(await handler.platform(asked)).toEqual(info);
    expect(asks()).toBe(1);
    await engine.stop();
  });

  it('waits for a position that is decimal text', async () => {
    const { log, engine, handler, progress } = await handlerOf();
    const { position } = await ask(log, 'siti', ['sweep']);
    const query = { position: String(position) };
    expect(await handler.wait({ query, caller: CALLER })).toBe(true);
    expect(await handler.progress(asked)).toEqual(await progress());
    await engine.stop();
  });

  it('rebuilds one projection or all, and refuses one that nobody knows', async () => {
    const { engine, handler } = await handlerOf();
    const rebuild = (projection?: string) =>
      handler.rebuild({ query: projection ? { projection } : {}, caller: CALLER });
    expect(await rebuild('loans')).toMatchObject([{ projection: 'loans' }]);
    expect(await rebuild()).toMatchObject([{ projection: 'days' }, { projection: 'loans' }]);
    await expect(rebuild('lones')).rejects.toMatchObject({
      name: 'Rejection',
      code: 'PROJECTION_UNKNOWN',
      sentence: 'Tidak ada bacaan dengan nama ini.',
    });
    await engine.stop();
  });
});
