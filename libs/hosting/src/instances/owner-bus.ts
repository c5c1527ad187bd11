import { createHash } from 'node:crypto';
import { type Clock, Unavailable } from '#lumbung/kernel';
import { Bus } from '#lumbung/transport';
import type { Present, Roll } from './roll.js';

const AT_ONCE_MS = 1_000;

const cooperativeIn = (payload: unknown): string | undefined => {
  const { command } = (payload ?? {}) as { command?: { data?: { cooperative?: unknown } } };
  const cooperative = command?.data?.cooperative;
  return typeof cooperative === 'string' ? cooperative : undefined;
};

const weightOf = (key: string, { instance }: Present) =>
  createHash('sha1').update(`${instance} ${key}`).digest('hex');

/** Of several the one that a key belongs to: when one leaves, only what was its own moves. */
export const ownerOf = (key: string, present: readonly Present[]): Present | undefined => {
  const weighed = present.map((one) => ({ one, weight: weightOf(key, one) }));
  weighed.sort((a, b) => (a.weight < b.weight ? 1 : -1));
  return weighed[0]?.one;
};

/**
 * Sends the commands of one cooperative to one instance, which has its streams in memory, and all
 * else to any (ADR 0014). Where the owner is not there any more, another takes the command under
 * the same id; where it says nothing, the caller is told so, and sends it again. What keeps a
 * stream right is its expected revision, and not who decides.
 */
export class OwnerBus extends Bus {
  constructor(
    private readonly anyone: Bus,
    private readonly roll: Pick<Roll, 'whoAnswers'>,
    private readonly busOf: (owner: Present) => Bus,
    private readonly clock: Pick<Clock, 'elapsed_ms'>,
  ) {
    super();
  }

  async send(pattern: string, payload: unknown): Promise<unknown> {
    const owner = this.ownerFor(pattern, payload);
    if (!owner) return this.anyone.send(pattern, payload);
    const sent_ms = this.clock.elapsed_ms();
    try {
      return await this.busOf(owner).send(pattern, payload);
    } catch (error) {
      const isGone = error instanceof Unavailable && error.code === 'SERVICE_UNAVAILABLE';
      // Whoever was silent has taken up the time in which the caller is to have an answer.
      const isAtOnce = this.clock.elapsed_ms() - sent_ms < AT_ONCE_MS;
      if (!isGone || !isAtOnce) throw error;
      return this.anyone.send(pattern, payload);
    }
  }

  private ownerFor(pattern: string, payload: unknown): Present | undefined {
    const key = cooperativeIn(payload);
    if (key === undefined) return;
    const present = this.roll.whoAnswers(pattern);
    return present.length > 1 ? ownerOf(key, present) : undefined;
  }
}
