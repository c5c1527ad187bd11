export type { FeedFigures } from './figures.js';
export { type Level, nestLogger, structuredLog } from './logger.js';
export type { NotReady, Operations } from './operations.js';
export { readingFiguresOf } from './reading.js';
export {
  openOperations,
  openTelemetry,
  type Telemetry,
  type TelemetrySettings,
} from './telemetry.js';
export { correlationIn } from './trace.js';
