import type { EventStore } from '#lumbung/event-store';
import {
  type AnySent,
  type AnyWorkflow,
  type Caller,
  type CommandId,
  dataOf,
  type Heard,
  type Instant,
  type Intent,
  type Outcome,
  type Platform,
  Rejection,
  type StreamDeclaration,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { clockBehind } from '../calendar/clock.js';
import type { Commands, Executed } from '../commands/commands.js';
import type { Observer } from '../observer.js';
import { patiently } from '../patience.js';
import { Answered, React, Reacted, RecordOutcome } from './process.stream.js';

/** Sends a command to the face that a pattern names; answers the position it came to. */
export type Dispatch = (
  pattern: string,
  call: { command: AnySent; caller: Caller },
) => Promise<{ position: string }>;

/** What the processes of a workflow share. */
export type Means = {
  workflow: AnyWorkflow;
  stream: StreamDeclaration;
  store: EventStore;
  commands: Commands;
  dispatch: Dispatch;
  platform: Platform;
  observer?: Observer | undefined;
  /** Ends the waiting for whoever cannot answer now. */
  stopped: AbortSignal;
  /** Told of the position that each command comes to. */
  onSent: (position: bigint) => void;
};

/** An event that is being followed up: in whose name, and what was answered before a restart. */
type Cause = { issuedAt: Instant; caller: Caller; answered: ReadonlyMap<string, Intent[]> };

/** One process of a workflow: what it heard, what it means to do about it, how that ended. */
export class Process {
  private readonly keys: [workflow: string, process: string];

  constructor(
    name: string,
    private readonly means: Means,
  ) {
    this.keys = [means.workflow.name, name];
  }

  /**
   * Resolves when all that follows from an event is answered, now or before a restart; a new
   * event came after that, so there is nothing to look for.
   */
  async hear(input: Heard, how: { isNew: boolean }): Promise<void> {
    const { observer, workflow } = this.means;
    const follow = () => this.follow(input, how);
    return observer ? observer.following(`workflow ${workflow.name}`, input, follow) : follow();
  }

  private async follow(input: Heard, { isNew }: { isNew: boolean }): Promise<void> {
    const { id, metadata } = input;
    const caller: Caller = {
      user: `system:${this.means.workflow.name}` as UserName,
      role: 'system',
      correlationId: metadata.correlationId,
      causationId: id,
    };
    const cause = { issuedAt: metadata.recordedAt, caller, answered: new Map() };
    await this.retrying(async () => this.ensureClock(metadata.recordedAt));
    const reacted = await this.record({ type: React.type, data: { input } }, id, cause);
    if (!reacted) return;
    const intents = dataOf(Reacted, reacted.events)[0]?.intents ?? [];
    const answered = isNew ? cause.answered : await this.answersAfter(reacted.revision);
    await this.sendAll(intents, id, { ...cause, answered });
  }

  /** What is sent in the name of a moment yet to come would be taken for a command of no age. */
  private ensureClock(recordedAt: Instant): void {
    const { platform, commands } = this.means;
    const behind = clockBehind(platform.clock.now(), recordedAt, commands.deployment.zone);
    if (behind) throw behind;
  }

  /** What follows from each answer to what was sent for an event, by the id of its record. */
  private async answersAfter(revision: number): Promise<Map<string, Intent[]>> {
    const { store, stream } = this.means;
    const answers = new Map<string, Intent[]>();
    for await (const events of store.readStream(stream.id(...this.keys), { from: revision + 1 })) {
      for (const event of events) {
        // The next event is heard when all that follows from this one is answered.
        if (event.type === Reacted.type) return answers;
        const [answer] = dataOf(Answered, [event]);
        if (answer) answers.set(event.metadata.commandId, answer.intents);
      }
    }
    return answers;
  }

  private idAfter(cause: string): CommandId {
    return uuidOf(...this.keys, cause) as CommandId;
  }

  /** Nothing when it was recorded so long ago that the process has forgotten it. */
  private async record(
    command: { type: string; data: unknown },
    cause: string,
    { issuedAt, caller }: Cause,
  ): Promise<Executed | undefined> {
    const { commands, stream } = this.means;
    const sent = { ...command, id: this.idAfter(cause), issuedAt };
    try {
      return await this.retrying(() => commands.execute(stream, this.keys, sent, caller));
    } catch (error) {
      if (error instanceof Rejection && error.code === 'COMMAND_EXPIRED') return;
      throw error;
    }
  }

  private async sendAll(intents: readonly Intent[], trigger: string, cause: Cause): Promise<void> {
    for (const [index, intent] of intents.entries()) {
      const id = uuidOf(this.means.workflow.name, trigger, index) as CommandId;
      const following =
        cause.answered.get(this.idAfter(id)) ?? (await this.answer(intent, id, cause));
      await this.sendAll(following, id, cause);
    }
  }

  /** Sends a command and records how it ended; answers what follows from that. */
  private async answer(intent: Intent, id: CommandId, cause: Cause): Promise<Intent[]> {
    const outcome = await this.send(intent, id, cause);
    const record = { type: RecordOutcome.type, data: { intent, outcome } };
    const recorded = await this.record(record, id, cause);
    return dataOf(Answered, recorded?.events ?? [])[0]?.intents ?? [];
  }

  private async send(
    { pattern, command }: Intent,
    id: CommandId,
    { issuedAt, caller }: Cause,
  ): Promise<Outcome> {
    const { dispatch, onSent } = this.means;
    const call = { command: { ...command, id, issuedAt }, caller };
    try {
      const { position } = await this.retrying(() => dispatch(pattern, call));
      onSent(BigInt(position));
      return { accepted: true };
    } catch (error) {
      if (error instanceof Rejection) return { accepted: false, code: error.code };
      throw error;
    }
  }

  private retrying<T>(attempt: () => Promise<T>): Promise<T> {
    return patiently(attempt, this.means.platform, this.means.stopped);
  }
}
