import { lineContract } from '../feed/line.contract.js';
import { memoryLine } from './index.js';

describe('a line in memory', () => lineContract(() => ({ line: memoryLine(), regency: '35.06' })));
