import { randomBytes } from 'node:crypto';
import { instantAt } from '#lumbung/kernel';
import { openLogEventStore } from '../../log/index.js';
import { memoryEventStore } from '../../memory/index.js';
import { serveEventStore } from '../../protocol/index.js';

// node serve.ts <port> [<folder>]: serves a log, or memory; prints where, and ends with its input.
const [, , port, path] = process.argv;
const options = {
  random: { bytes: randomBytes },
  clock: { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() },
  mayForget: (category: string) => category !== 'kept',
};
const store = path ? await openLogEventStore({ ...options, path }) : memoryEventStore(options);
const { url, close } = await serveEventStore({ store, port: Number(port) });
process.stdout.write(`${url}\n`);

process.stdin.resume();
process.stdin.once('end', async () => {
  await close();
  await store.close();
  process.exit(0);
});
