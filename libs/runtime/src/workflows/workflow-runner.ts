import type { EventStore } from '#lumbung/event-store';
import type { AnyWorkflow, Heard, Platform, PublicMapping, Recorded } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { Arrivals } from '../arrivals.js';
import { Commands, type Deployment } from '../commands/commands.js';
import type { Sealing } from '../commands/sealing.js';
import type { Observer } from '../observer.js';
import { NewerThanCode, Parking } from '../parking/parking.js';
import { checkpointAfter, isOfThisLog } from '../projections/place.js';
import { type Parked, publicEvents, type Seen } from '../projections/source.js';
import { type Dispatch, type Means, Process } from './process.js';
import { processStream } from './process.stream.js';

export type { Dispatch } from './process.js';

type WorkflowOptions = {
  store: EventStore;
  readStore: ReadStore;
  dispatch: Dispatch;
  platform: Platform;
  deployment: Deployment;
  mappings: readonly PublicMapping[];
  observer?: Observer | undefined;
  onFailure: (error: unknown) => void;
};

const heard = ({ id, type, version, data, metadata }: Recorded): Heard => ({
  id,
  type,
  version,
  data,
  metadata,
});

const nobody = () => Promise.reject(new TypeError('a process holds nothing personal'));

/**
 * The id of what a process records follows from the event that it heard. So the same id is the
 * same thing, though newer code tells it in other words, and no hash of them has a say.
 */
const byIdOnly: Sealing = { hash: () => 'by-id', personOf: nobody, seal: nobody };

/**
 * Drives one workflow: hears public events, records what the process means to do, sends it, and
 * records how that ended. Its place in the log moves on only when all that follows from an event
 * is answered, so a restart sends again what may be unanswered, under the same command ids. An
 * event that cannot be followed up parks its process, and the others go on.
 */
export class WorkflowRunner {
  private readonly means: Means;
  private readonly publish: (event: Recorded) => Seen[];
  private readonly storedTypes: string[];
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private reached: bigint | undefined;
  /** Where the log ended when this began: what is later, nobody can have acted on before. */
  private begunAt = 0n;
  /** The first event newer than this code; from there on it acts on nothing. */
  parked: Parked | undefined;
  readonly arrivals = new Arrivals();
  /** The processes that wait, and what they wait with. */
  readonly parking: Parking<Heard>;
  /** The furthest position that a command of this workflow has come to. */
  sent = 0n;

  constructor(
    readonly workflow: AnyWorkflow,
    private readonly options: WorkflowOptions,
  ) {
    const { store, dispatch, platform, deployment, mappings, observer } = options;
    this.means = {
      workflow,
      stream: processStream(workflow),
      store,
      commands: new Commands(store, byIdOnly, platform, deployment, undefined, observer),
      dispatch,
      platform,
      observer,
      stopped: this.stopped.signal,
      onSent: (position) => {
        if (position > this.sent) this.sent = position;
      },
    };
    this.parking = new Parking({
      ...{ store, commands: this.means.commands, platform, reader: workflow.name },
      eventOf: (event) => event,
      take: (event) => this.hear(event, { isNew: false }),
      stopped: this.stopped.signal,
    });
    const reactions = new Set(workflow.on.map(({ declaration }) => declaration.type));
    const own = mappings.filter(({ to }) => reactions.has(to.type));
    this.publish = publicEvents(own);
    this.storedTypes = own.map(({ from }) => {
      if (from === 'posting') throw new TypeError(`${workflow.name} cannot react to every posting`);
      return from.type;
    });
  }

  get name(): string {
    return this.workflow.name;
  }

  get position(): bigint | undefined {
    return this.reached;
  }

  async start(): Promise<void> {
    const { store, readStore, onFailure } = this.options;
    this.begunAt = (await store.head()) ?? 0n;
    const checkpoint = await readStore.checkpoint(this.checkpointName);
    if (checkpoint && (await isOfThisLog(store, checkpoint))) {
      this.reached = BigInt(checkpoint.position);
    }
    await this.learnWaiting();
    this.loop = this.run().catch((error) => {
      if (!this.stopped.signal.aborted) onFailure(error);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private async learnWaiting(): Promise<void> {
    try {
      await this.parking.load();
    } catch (error) {
      if (!(error instanceof NewerThanCode)) throw error;
      this.parked = error.event;
    }
  }

  private get checkpointName(): string {
    return `workflow-${this.name}`;
  }

  private async run(): Promise<void> {
    const { store, readStore } = this.options;
    const subscription = store.subscribe({
      after: this.reached,
      filter: { types: this.storedTypes },
      signal: this.stopped.signal,
    });
    for await (const batch of subscription) {
      if (!this.parked) await this.handleAll(batch.events.flatMap(this.publish));
      if (this.stopped.signal.aborted) return;
      this.reached = batch.position ?? this.reached;
      const checkpoint = checkpointAfter(store.id, batch);
      // Code that knows the event begins no later than at it.
      if (checkpoint && !this.parked) {
        await readStore.put([], { [this.checkpointName]: checkpoint });
      }
      this.arrivals.reached(this.reached);
    }
  }

  /** Processes run beside each other, the events of each strictly in order. */
  private async handleAll(events: readonly Seen[]): Promise<void> {
    const byProcess = new Map<string, Seen[]>();
    for (const event of events) {
      if (event.metadata.recordedAt < this.workflow.since) continue;
      this.parked = event.unread;
      if (this.parked) break;
      const process = this.keyOf(heard(event));
      const ofProcess = byProcess.get(process);
      if (ofProcess) ofProcess.push(event);
      else byProcess.set(process, [event]);
    }
    const inOrder = async (name: string, ofProcess: Seen[]) => {
      for (const event of ofProcess) {
        const isNew = event.position > this.begunAt;
        const input = heard(event);
        await this.parking.take(name, input, () => this.hear(input, { isNew }));
      }
    };
    await Promise.all([...byProcess].map(([name, ofProcess]) => inOrder(name, ofProcess)));
  }

  private async hear(input: Heard, { isNew }: { isNew: boolean }): Promise<void> {
    return new Process(this.processOf(input), this.means).hear(input, { isNew });
  }

  /** An event that cannot even say its process waits for nobody but itself. */
  private keyOf(input: Heard): string {
    try {
      return this.processOf(input);
    } catch {
      return input.id;
    }
  }

  private processOf(input: Heard): string {
    const reaction = this.workflow.on.find(({ declaration }) => declaration.type === input.type);
    if (!reaction) throw new TypeError(`${this.name} does not react to ${input.type}`);
    return reaction.process(input);
  }
}
