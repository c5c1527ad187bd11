import { instantAt } from '#lumbung/kernel';

export const zeros = { bytes: (count: number) => new Uint8Array(count) };

export const systemClock = { now: () => instantAt(Date.now()), elapsed_ms: () => 0 };
