import type { EventStore } from '#lumbung/event-store';
import {
  type AnySent,
  type AnyWorkflow,
  type Caller,
  type CommandId,
  Conflict,
  dataOf,
  type Heard,
  type Instant,
  type Intent,
  type Outcome,
  type Platform,
  type PublicMapping,
  type Recorded,
  Rejection,
  type StreamDeclaration,
  Unavailable,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import type { Checkpoint, ReadStore } from '#lumbung/read-store';
import { Arrivals } from '../arrivals.js';
import type { Commands } from '../commands/commands.js';
import { checkpointAfter, isOfThisLog } from '../projections/place.js';
import { type Parked, publicEvents, type Seen } from '../projections/source.js';
import { Answered, processStream, React, Reacted, RecordOutcome } from './process.stream.js';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 5_000;

/** Sends a command to the face that a pattern names; answers the position it came to. */
export type Dispatch = (
  pattern: string,
  call: { command: AnySent; caller: Caller },
) => Promise<{ position: string }>;

/** What a workflow is driven with. */
type Means = {
  store: EventStore;
  readStore: ReadStore;
  commands: Commands;
  dispatch: Dispatch;
  platform: Platform;
  mappings: readonly PublicMapping[];
  onFailure: (error: unknown) => void;
};

const heard = ({ id, type, version, data, metadata }: Recorded): Heard => ({
  id,
  type,
  version,
  data,
  metadata,
});

/**
 * Drives one workflow: hears public events, records what the process means to do, sends it, and
 * records how that ended. Its place in the log moves on only when all that follows from an event
 * is answered, so a restart sends again what may be unanswered, under the same command ids.
 */
export class WorkflowRunner {
  private readonly stream: StreamDeclaration;
  private readonly publish: (event: Recorded) => Seen[];
  private readonly storedTypes: string[];
  private readonly reactions: ReadonlySet<string>;
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private reached: bigint | undefined;
  /** The first event newer than this code; from there on it acts on nothing. */
  parked: Parked | undefined;
  readonly arrivals = new Arrivals();
  /** The furthest position that a command of this workflow has come to. */
  sent = 0n;

  constructor(
    readonly workflow: AnyWorkflow,
    private readonly means: Means,
  ) {
    const { mappings } = means;
    this.stream = processStream(workflow);
    this.reactions = new Set(workflow.on.map(({ declaration }) => declaration.type));
    const own = mappings.filter(({ to }) => this.reactions.has(to.type));
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
    const checkpoint = await this.means.readStore.checkpoint(this.checkpointName);
    if (checkpoint && (await isOfThisLog(this.means.store, checkpoint))) {
      this.reached = BigInt(checkpoint.position);
    }
    this.loop = this.run().catch((error) => {
      if (!this.stopped.signal.aborted) this.means.onFailure(error);
    });
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private get checkpointName(): string {
    return `workflow-${this.name}`;
  }

  private async run(): Promise<void> {
    const subscription = this.means.store.subscribe({
      after: this.reached,
      filter: { types: this.storedTypes },
      signal: this.stopped.signal,
    });
    for await (const batch of subscription) {
      if (!this.parked) await this.handleAll(batch.events.flatMap(this.publish));
      if (this.stopped.signal.aborted) return;
      this.reached = batch.position ?? this.reached;
      const checkpoint = checkpointAfter(this.means.store.id, batch);
      // Code that knows the event begins no later than at it.
      if (checkpoint && !this.parked) await this.save(checkpoint);
      this.arrivals.reached(this.reached);
    }
  }

  private save(checkpoint: Checkpoint): Promise<void> {
    return this.means.readStore.put([], { [this.checkpointName]: checkpoint });
  }

  /** Processes run beside each other, the events of each strictly in order. */
  private async handleAll(events: readonly Seen[]): Promise<void> {
    const byProcess = new Map<string, Heard[]>();
    for (const event of events) {
      if (event.metadata.recordedAt < this.workflow.since) continue;
      this.parked = event.unread;
      if (this.parked) break;
      const input = heard(event);
      const process = this.processOf(input);
      byProcess.set(process, [...(byProcess.get(process) ?? []), input]);
    }
    const inOrder = async (process: string, inputs: Heard[]) => {
      for (const input of inputs) await this.handle(process, input);
    };
    await Promise.all([...byProcess].map(([process, inputs]) => inOrder(process, inputs)));
  }

  private processOf(input: Heard): string {
    const reaction = this.workflow.on.find(({ declaration }) => declaration.type === input.type);
    if (!reaction) throw new TypeError(`${this.workflow.name} does not react to ${input.type}`);
    return reaction.process(input);
  }

  private async handle(process: string, input: Heard): Promise<void> {
    const { issuedAt, caller } = this.onBehalfOf(input);
    const react = { type: React.type, data: { input } };
    const reacted = await this.execute(process, react, input.id, issuedAt, caller);
    if (!reacted) return;
    const intents = dataOf(Reacted, reacted.events)[0]?.intents ?? [];
    await this.sendAll(process, intents, input.id, issuedAt, caller);
  }

  private onBehalfOf({ id, metadata }: Heard) {
    const caller: Caller = {
      user: `system:${this.workflow.name}` as UserName,
      role: 'system',
      correlationId: metadata.correlationId,
      causationId: id,
    };
    return { issuedAt: metadata.recordedAt, caller };
  }

  /** Nothing when the input was handled so long ago that the process has forgotten it. */
  private async execute(
    process: string,
    command: { type: string; data: unknown },
    cause: string,
    issuedAt: Instant,
    caller: Caller,
  ) {
    const id = uuidOf(this.workflow.name, process, cause) as CommandId;
    const keys = [this.workflow.name, process];
    try {
      return await this.retrying(() =>
        this.means.commands.execute(this.stream, keys, { ...command, id, issuedAt }, caller),
      );
    } catch (error) {
      if (error instanceof Rejection && error.code === 'COMMAND_EXPIRED') return;
      throw error;
    }
  }

  private async sendAll(
    process: string,
    intents: readonly Intent[],
    cause: string,
    issuedAt: Instant,
    caller: Caller,
  ): Promise<void> {
    for (const [index, intent] of intents.entries()) {
      const sent = uuidOf(this.workflow.name, cause, index);
      const outcome = await this.send(intent, sent as CommandId, issuedAt, caller);
      const record = { type: RecordOutcome.type, data: { intent, outcome } };
      const answered = await this.execute(process, record, sent, issuedAt, caller);
      const following = answered && dataOf(Answered, answered.events)[0]?.intents;
      if (following) await this.sendAll(process, following, sent, issuedAt, caller);
    }
  }

  private async send(
    { pattern, command }: Intent,
    id: CommandId,
    issuedAt: Instant,
    caller: Caller,
  ): Promise<Outcome> {
    try {
      const { position } = await this.retrying(() =>
        this.means.dispatch(pattern, { command: { ...command, id, issuedAt }, caller }),
      );
      if (BigInt(position) > this.sent) this.sent = BigInt(position);
      return { accepted: true };
    } catch (error) {
      if (error instanceof Rejection) return { accepted: false, code: error.code };
      throw error;
    }
  }

  /** Whoever cannot answer now is asked again, ever more patiently, until this process stops. */
  private async retrying<T>(attempt: () => Promise<T>): Promise<T> {
    for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(2 * pause_ms, LONGEST_PAUSE_MS)) {
      try {
        return await attempt();
      } catch (error) {
        const mayPass = error instanceof Unavailable || error instanceof Conflict;
        if (!mayPass || this.stopped.signal.aborted) throw error;
        await this.means.platform.timers.sleep(pause_ms, this.stopped.signal);
      }
    }
  }
}
