export { type Level, nestLogger, structuredLog } from './logger.js';
export type { NotReady, Operations } from './operations.js';
export { readingFiguresOf } from './reading.js';
export {
  openOperations,
  openTelemetry,
  type Telemetry,
} from './telemetry.js';
export { correlationIn } from './trace.js';
