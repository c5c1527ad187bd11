import type { Answer } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import {
  type AnySent,
  type Caller,
  type CommandDeclaration,
  canonicalJson,
  type Platform,
  type StreamDeclaration,
} from '#lumbung/kernel';
import type { Observer } from '../observer.js';
import { LIMITS, type Limits } from './limits.js';
import { type Sealing, sealed } from './sealing.js';
import { type Executed, StreamQueue } from './stream-queue.js';

export type { Executed } from './stream-queue.js';

/** Where and as what the commands of this process are recorded. */
export type Deployment = { regency: string; zone: string; simulated: boolean };

/** What every command answers over the wire. */
export const answerOf = ({ revision, position }: Executed): Answer => ({
  revision,
  position: String(position),
});

const cooperativeOf = (data: unknown): string | undefined => {
  const { cooperative } = data as { cooperative?: unknown };
  return typeof cooperative === 'string' ? cooperative : undefined;
};

type Asked = {
  stream: StreamDeclaration;
  id: string;
  declaration: CommandDeclaration;
  command: AnySent;
  caller: Caller;
};

/** The only way to write: a command, decided on its stream's own facts and appended. */
export class Commands {
  private readonly queues = new Map<string, StreamQueue>();

  constructor(
    private readonly store: EventStore,
    private readonly sealing: Sealing,
    private readonly platform: Platform,
    readonly deployment: Deployment,
    private readonly limits: Limits = LIMITS,
    private readonly observer?: Observer,
  ) {}

  /**
   * Executes a command on the stream of `keys`, and answers its events once they are durable.
   * The same id and payload again gives the first answer. Throws `Rejection` for a business
   * "no" and `Unavailable` where the caller may try again.
   */
  async execute(
    stream: StreamDeclaration,
    keys: readonly string[],
    command: AnySent,
    caller: Caller,
  ): Promise<Executed> {
    const declaration = stream.command(command.type);
    if (!declaration) throw new TypeError(`${stream.category} takes no ${command.type}`);
    const id = stream.id(...keys);
    const execute = () => this.decided({ stream, id, declaration, command, caller });
    return this.observer ? this.observer.executing(id, command, caller, execute) : execute();
  }

  private async decided({ stream, id, declaration, command, caller }: Asked): Promise<Executed> {
    const hash = this.sealing.hash(canonicalJson({ type: command.type, data: command.data }));
    const plain = await sealed(this.sealing, declaration, command);
    const { regency, zone, simulated } = this.deployment;
    const cooperative = cooperativeOf(command.data);
    return this.queue(stream, id).execute({
      command: plain,
      sent: command,
      hash,
      zone,
      metadata: {
        correlationId: caller.correlationId,
        ...(caller.causationId && { causationId: caller.causationId }),
        actor: caller.user,
        role: caller.role,
        regency,
        ...(cooperative && { cooperative }),
        ...(simulated && { simulated: true as const }),
      },
    });
  }

  private queue(stream: StreamDeclaration, id: string): StreamQueue {
    const known = this.queues.get(id);
    if (known) {
      // Order of insertion is order of use.
      this.queues.delete(id);
      this.queues.set(id, known);
      return known;
    }
    const queue = new StreamQueue(this.store, this.platform, stream, id, this.limits);
    this.queues.set(id, queue);
    if (this.queues.size > this.limits.streams) this.forgetOldest();
    return queue;
  }

  private forgetOldest(): void {
    for (const [id, queue] of this.queues) {
      if (!queue.isIdle) continue;
      this.queues.delete(id);
      return;
    }
  }
}
