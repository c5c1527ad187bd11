import { nodePlatform, type Service } from '#lumbung/runtime';
import type { Bus, CallObserver } from '#lumbung/transport';
import { connectNats, NatsServer } from '#lumbung/transport/nats';
import type { Closing } from '../closing.js';
import type { Settings } from '../settings.js';
import { openCalls } from './calls.js';
import { announced, doorOf, type Present } from './roll.js';
import { TwoDoors } from './two-doors.js';

export type Door = {
  /** Calls to others. */
  bus: Bus;
  /** Where others call. */
  server: TwoDoors;
  /** From now on others know that it is there, until it closes. */
  announce(): void;
};

type Housed = { name: string; services: readonly Service[]; settings: Settings };

/** The place of one instance on the bus. */
export const openDoor = async (
  { name, settings, services }: Housed,
  instance: string,
  closing: Closing,
  observer?: CallObserver,
): Promise<Door> => {
  const connection = await connectNats({ url: settings.NATS_URL, name });
  closing.add(() => connection.close());
  const given = { connection, regency: settings.LUMBUNG_REGENCY, observer, ...nodePlatform };
  const calls = openCalls(given);
  closing.add(async () => calls.close());
  const present: Present = {
    ...{ process: name, instance, answers: services.map((service) => service.name) },
    shared: settings.MONGODB_URL !== undefined,
  };
  const own = doorOf(given.regency, present);
  const server = new TwoDoors([
    new NatsServer({ ...given, service: name }),
    new NatsServer({ ...given, regency: own, service: name }),
  ]);
  const announce = () => {
    const leaving = new AbortController();
    const left = announced(given, present, leaving.signal);
    closing.add(() => {
      leaving.abort();
      return left;
    });
  };
  return { bus: calls.bus, server, announce };
};
