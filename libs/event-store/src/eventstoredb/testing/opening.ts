import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { instantAt } from '#lumbung/kernel';
import { type EventStoreDbOptions, openEventStoreDb } from '../index.js';

export const random = { bytes: randomBytes };
export const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
export const timers = {
  sleep: async (ms: number, signal?: AbortSignal) => {
    await setTimeout(ms, undefined, signal && { signal }).catch(() => undefined);
  },
};

export const openAt = (url: string, options: Partial<EventStoreDbOptions> = {}) =>
  openEventStoreDb({ url, random, timers, ...options });
