import { randomBytes } from 'node:crypto';
import { instantAt } from '#lumbung/kernel';
import { eventStoreContract, mayForget } from '../event-store.contract.js';
import { memoryEventStore } from './index.js';

const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };

eventStoreContract(
  'memory',
  async () => memoryEventStore({ random: { bytes: randomBytes }, clock, mayForget }),
  { atomic: true },
);
