import type { NatsConnection } from '@nats-io/transport-node';
import type { FaceClass, Platform } from '#lumbung/kernel';
import type { Readers } from '#lumbung/runtime';
import { type Bus, type CallObserver, clientFor } from '#lumbung/transport';
import { NatsBus } from '#lumbung/transport/nats';
import { readersOfAll } from './all-readers.js';
import { OwnerBus } from './owner-bus.js';
import { doorOf, type Present, Roll } from './roll.js';

type Given = Pick<Platform, 'clock' | 'timers'> & {
  connection: NatsConnection;
  regency: string;
  observer?: CallObserver | undefined;
};

export type Calls = {
  bus: Bus;
  readersOf(process: string): Readers;
  /** A face of each instance of a process that is there now. */
  eachOf<Api extends object>(process: string, face: FaceClass<Api>): Api[];
  /** Whoever still waits is told that nobody answers. */
  close(): void;
};

/** Calls to services of which there may be several instances. */
export const openCalls = (given: Given): Calls => {
  const anyone = new NatsBus(given);
  const roll = new Roll(given);
  const buses = new Map<string, NatsBus>();
  const busOf = (present: Present): Bus => {
    const door = doorOf(given.regency, present);
    const bus = buses.get(door) ?? new NatsBus({ ...given, regency: door });
    buses.set(door, bus);
    return bus;
  };
  return {
    bus: new OwnerBus(anyone, roll, busOf, given.clock),
    readersOf: (process) => readersOfAll(process, { roll, busOf }),
    eachOf: (process, face) =>
      roll.instancesOf(process).map((present) => clientFor(face, busOf(present))),
    close() {
      for (const bus of [anyone, ...buses.values()]) bus.close();
    },
  };
};
