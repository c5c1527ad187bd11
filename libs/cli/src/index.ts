export { wholeArgument } from './arguments.js';
export type { Opened, Opening } from './host.js';
export { runCli } from './run.js';
