import { randomBytes } from 'node:crypto';
import { eventStoreContract } from '../event-store.contract.js';
import { memoryEventStore } from './index.js';

eventStoreContract('memory', async () => memoryEventStore({ random: { bytes: randomBytes } }));
