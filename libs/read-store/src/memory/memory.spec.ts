import { readStoreContract } from '../read-store.contract.js';
import { memoryReadStore } from './index.js';

readStoreContract('memory', async () => memoryReadStore());
