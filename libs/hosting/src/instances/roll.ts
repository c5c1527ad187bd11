import type { NatsConnection } from '@nats-io/transport-node';
import { type Platform, z } from '#lumbung/kernel';

const BEAT_MS = 500;
const GONE_MS = 2_000;

const Present = z.object({
  process: z.string(),
  instance: z.string(),
  /** The first words of the patterns that it answers: `ledger`. */
  answers: z.array(z.string()),
  /** Whether all instances read one store, which one of them writes. */
  shared: z.boolean(),
});

/** A process that is there, among others of the same kind. */
export type Present = z.infer<typeof Present>;

const Told = Present.extend({ leaves: z.boolean() });

type Place = { connection: NatsConnection; regency: string };

/** Where an instance alone is called; with all others it hears `lumbung.3506.…`. */
export const doorOf = (regency: string, { process, instance }: Present): string =>
  `${regency}.${process}-${instance}`;

const subjectOf = ({ regency }: Place) => `lumbung.${regency.replace('.', '')}.instances`;

/** Says now and then that an instance is there, until the signal aborts; then that it leaves. */
export const announced = async (
  place: Place & Pick<Platform, 'timers'>,
  present: Present,
  signal: AbortSignal,
): Promise<void> => {
  const { connection, timers } = place;
  const tell = (leaves: boolean) => {
    if (connection.isClosed()) return;
    connection.publish(subjectOf(place), JSON.stringify({ ...present, leaves }));
  };
  while (!signal.aborted) {
    tell(false);
    await timers.sleep(BEAT_MS, signal);
  }
  tell(true);
};

/** Who is there: those that said so within the last two seconds. */
export class Roll {
  private readonly heard = new Map<string, { present: Present; at_ms: number }>();

  constructor(private readonly given: Place & Pick<Platform, 'clock'>) {
    const callback = (_: Error | null, message: { string(): string }) =>
      this.hear(message.string());
    given.connection.subscribe(subjectOf(given), { callback });
  }

  /** The instances of a process. */
  instancesOf(process: string): Present[] {
    return this.present().filter((one) => one.process === process);
  }

  /** Those that answer a pattern. */
  whoAnswers(pattern: string): Present[] {
    const [service = ''] = pattern.split('.', 1);
    return this.present().filter(({ answers }) => answers.includes(service));
  }

  private present(): Present[] {
    const now_ms = this.given.clock.elapsed_ms();
    for (const [door, { at_ms }] of this.heard) {
      if (now_ms - at_ms > GONE_MS) this.heard.delete(door);
    }
    return [...this.heard.values()].map(({ present }) => present);
  }

  private hear(text: string): void {
    const told = Told.safeParse(jsonOf(text));
    if (!told.success) return;
    const { leaves, ...present } = told.data;
    const door = doorOf(this.given.regency, present);
    if (leaves) this.heard.delete(door);
    else this.heard.set(door, { present, at_ms: this.given.clock.elapsed_ms() });
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
