import { busContract } from './bus.contract.js';
import { inOneProcess } from './testing/pantry.js';

describe('the bus of one process', () => busContract(async () => inOneProcess()));
