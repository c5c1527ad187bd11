import type { EventStore } from '#lumbung/event-store';
import {
  type AnyWorkflow,
  type CommandOf,
  command,
  type Decider,
  dataOf,
  type Ensure,
  type EventOf,
  ensureWith,
  event,
  type Instant,
  type Intent,
  instant,
  type Metadata,
  type Recorded,
  reacts,
  stream,
  toPublic,
  uuidOf,
  type Workflow,
  z,
} from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import type { ReadStore } from '#lumbung/read-store';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Commands } from '../commands/commands.js';
import { type Dispatch, WorkflowRunner } from '../workflows/workflow-runner.js';
import { emptyLog } from './coin-log.js';
import { DEPLOYMENT, testSealing } from './jar.js';
import { virtualPlatform } from './platform.js';

const rejections = { TOO_HEAVY: 'Terlalu berat.' };
const ensure: Ensure<typeof rejections> = ensureWith(rejections);

export const Do = command('Do', { who: z.string(), chore: z.string() });
export const Done = event('errand.Done', 1, { chore: z.string() });

const errand = { who: z.string(), chores: z.array(z.string()) };
/** Somebody was asked to do some chores; told to others as it is stored. */
export const Asked = event('errand.Asked', 1, errand);
/** The same as newer code writes it. */
export const NewerAsked = event('errand.Asked', 2, errand, { 1: (data: object) => data });

type Chores = Decider<
  CommandOf<typeof Do>,
  EventOf<typeof Done>,
  { done: number },
  { chores: { done: number } }
>;

const chores: Chores = {
  commands: [Do],
  events: [Done],
  initial: { done: 0 },
  decide: {
    Do: ({ data: { chore } }) => {
      ensure(!chore.endsWith('heavy'), 'TOO_HEAVY');
      return [Done({ chore })];
    },
  },
  evolve: {
    'errand.Done': (state) => {
      state.done += 1;
    },
  },
};

export const choresStream = stream('chores', { chores });

export const doing = (who: string, chore: string): Intent => ({
  pattern: 'test.chores.do',
  command: { type: Do.type, data: { who, chore } },
});

type Asks = { asked: number };

/** Sends each chore, numbered by the errands of its process; what is too heavy, once more. */
export const errandsOf = (declaration = Asked): Workflow<Asks> => ({
  name: 'errands',
  since: instant('2026-01-01T00:00:00.000Z'),
  initial: { asked: 0 },
  on: [
    reacts<Asks, 'errand.Asked', { who: string; chores: string[] }>(declaration, {
      process: ({ data: { who } }) => who,
      decide: ({ asked }, { data: { who, chores } }) =>
        chores.map((chore) => doing(who, `${asked} ${chore}`)),
      evolve: (state) => {
        state.asked += 1;
      },
    }),
  ],
  answered: (_, intent, outcome) => {
    const { who, chore } = intent.command.data as { who: string; chore: string };
    return outcome.accepted ? [] : [doing(who, `${chore} ${outcome.code} halved`)];
  },
});

type Options = {
  log?: EventStore;
  /** The log as this process sees it. */
  through?: (log: EventStore) => EventStore;
  readStore?: ReadStore;
  machine?: ReturnType<typeof virtualPlatform>;
  dispatching?: (dispatch: Dispatch) => Dispatch;
  declaration?: typeof Asked;
  workflow?: AnyWorkflow;
};

/** A process that runs errands, and takes the commands that they send. */
export const errandProcess = ({
  log = emptyLog(),
  through = (same) => same,
  readStore = memoryReadStore(),
  machine = virtualPlatform(),
  dispatching = (same) => same,
  declaration = Asked,
  workflow = errandsOf(declaration),
}: Options = {}) => {
  const store = through(log);
  const { platform } = machine;
  const commands = new Commands(store, testSealing, platform, DEPLOYMENT);
  const dispatch: Dispatch = async (_, { command: sent, caller }) => {
    const { who } = sent.data as { who: string };
    const { position } = await commands.execute(choresStream, [who], sent, caller);
    return { position: String(position) };
  };
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const runner = new WorkflowRunner(workflow, {
    store,
    readStore,
    dispatch: dispatching(dispatch),
    platform,
    deployment: DEPLOYMENT,
    mappings: [toPublic(declaration, declaration, ({ data }) => data)],
    onFailure: fail,
  });
  return {
    log,
    readStore,
    machine,
    runner,
    failed,
    /** Resolves when all that follows up to `position` has happened; rejects when it failed. */
    followed: (position: bigint) => Promise.race([runner.arrivals.until(position), failed]),
  };
};

let asks = 0;

/** Asks somebody; each time is another errand. */
export const ask = async (
  log: EventStore,
  who: string,
  chores: string[],
  { version = 1, recordedAt }: { version?: number; recordedAt?: Instant } = {},
): Promise<{ id: string; position: bigint }> => {
  const id = uuidOf('ask', asks++);
  const metadata: Metadata = { ...TEST_METADATA, ...(recordedAt && { recordedAt }) };
  const asked = { ...Asked({ who, chores }), version, id, metadata };
  const { position } = await log.append(`errand-${who}`, [asked], 'any');
  return { id, position };
};

export const eventsIn = async (log: EventStore, name: string): Promise<Recorded[]> => {
  const all: Recorded[] = [];
  for await (const events of log.readStream(name)) all.push(...events);
  return all;
};

/** The chores that somebody did, in order. */
export const doneBy = async (log: EventStore, who: string): Promise<string[]> =>
  dataOf(Done, await eventsIn(log, `chores-${who}`)).map(({ chore }) => chore);
