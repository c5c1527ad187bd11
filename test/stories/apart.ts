// The same stories again, told to services in processes of their own.
import { spawnSync } from 'node:child_process';

process.env.STORIES = 'services';

const found = spawnSync('nats-server', ['--version']).status === 0;

// Where tests must all run, a missing broker is a failure and not a gap.
if (!found && process.env.CI !== 'true') globalThis.describe = describe.skip as jest.Describe;
