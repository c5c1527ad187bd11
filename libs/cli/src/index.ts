export type { Open } from './host.js';
export { runCli } from './run.js';
