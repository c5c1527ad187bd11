import type { EventStore } from '#lumbung/event-store';
import { type AnyProjection, instantAt, type Platform } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { nodePlatform } from '../node.platform.js';
import { pointerOf } from '../projections/building.js';
import { Leases } from '../projections/lease.js';
import { ReadModels } from '../projections/read-models.js';
import { SharedProjections, sharing } from '../projections/shared-projections.js';

// A second takes 100 ms, so that a lease can be waited for.
const SPEED = 10;

/** A machine whose clock is wrong by `off_ms`, and whose time passes quickly. */
const quickMachine = (off_ms: number, speed: number): Pick<Platform, 'clock' | 'timers'> => {
  const elapsed_ms = () => performance.now() * speed + off_ms;
  return {
    clock: { elapsed_ms, now: () => instantAt(Math.round(elapsed_ms())) },
    timers: { sleep: (ms, signal) => nodePlatform.timers.sleep(ms / speed, signal) },
  };
};

export const quickly = (ms: number): Promise<void> => nodePlatform.timers.sleep(ms / SPEED);

/** A process that can be stopped in the midst of its work, and go on as if nothing had been. */
const freezing = () => {
  let frozen: Promise<void> | undefined;
  let thaw: () => void = () => undefined;
  const passing =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await frozen;
      const answer = await call(...args);
      await frozen;
      return answer;
    };
  const over = (store: ReadStore): ReadStore => {
    const { shared, close, ...port } = sharing(store);
    const calls = { ...port, ...shared } as Record<
      string,
      (...args: unknown[]) => Promise<unknown>
    >;
    const passed = Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [name, passing(call)]),
    );
    return { ...passed, close, shared: passed } as unknown as ReadStore;
  };
  return {
    over,
    freeze: () => {
      frozen = new Promise((resolve) => {
        thaw = resolve;
      });
    },
    thaw: () => {
      frozen = undefined;
      thaw();
    },
  };
};

type Given = {
  log: EventStore;
  readStore: ReadStore;
  projections: readonly AnyProjection[];
  /** How wrong its clock is. */
  off_ms?: number;
  /** How many times faster its time passes. */
  speed?: number;
};

/** One of several processes that share a read store. */
export const sharer = (holder: string, given: Given) => {
  const { log, readStore, projections, off_ms = 0, speed = SPEED } = given;
  const platform = quickMachine(off_ms, speed);
  const ice = freezing();
  const store = sharing(ice.over(readStore));
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const source = { service: 'jars', readStore: store, projections };
  const leases: Leases = new Leases({
    wanted: projections.map((one) => ({ name: pointerOf(one), shared: store.shared })),
    ...{ holder, platform, onFailure },
    onChange: (held) => reading.lead(held),
  });
  const held = () => leases.held;
  const sources = [source];
  const reading = new SharedProjections({
    ...{ store: log, sources, platform, holder, held, onFailure },
  });
  return {
    ...{ reading, failures, freeze: ice.freeze, thaw: ice.thaw },
    models: new ReadModels(reading),
    leads: () => leases.held.size === projections.length,
    start: async () => {
      await reading.start();
      leases.start();
    },
    stop: async () => {
      await leases.stop();
      await reading.stop();
    },
  };
};
