export { type Level, nestLogger, structuredLog } from './logger.js';
