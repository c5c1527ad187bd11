export * from './calendar/calendar.stream.js';
export { ensureClock } from './calendar/clock.js';
export * from './calendar/scheduler.js';
export * from './commands/commands.js';
export type { Sealing } from './commands/sealing.js';
export {
  awaitDeployment,
  DEFAULT_REGENCY,
  foundDeployment,
  zoneOf,
} from './deployment/deployment.js';
export * from './engine.js';
export { FeedHandler } from './feed/feed.handler.js';
export { following } from './feed/following.js';
export { Telling } from './feed/telling.js';
export * from './node.platform.js';
export type { Observer } from './observer.js';
export { ALL_PARKINGS, AllParkingHandler, parkingHandlerOf } from './parking/parking.handler.js';
export * from './progress.handler.js';
export * from './progress.js';
export * from './projections/projection-runner.js';
export * from './projections/read-models.js';
export { type Built, buildPart, type Orders } from './projections/threads.js';
export * from './reading.handler.js';
export { type Service, sourcesOf } from './service.js';
export { type Readers, together } from './waiting.js';
export * from './workflows/workflow-runner.js';
