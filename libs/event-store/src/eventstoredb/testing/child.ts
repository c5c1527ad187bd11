import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./serve.ts', import.meta.url));
const RUN = ['--conditions', 'source', '--import', './test/typescript.js', SCRIPT];

/** A server in a process of its own. */
export type Child = {
  url: string;
  port: number;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
};

const firstLine = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return line;
  }
  throw new Error('the server ended before it served');
};

/** Serves memory, or the log in a folder, on a port; on any that is free when it is 0. */
export const startServer = async ({ port = 0, path = '' } = {}): Promise<Child> => {
  const child = spawn(process.execPath, [...RUN, `${port}`, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await firstLine(child);
  const end = (how: () => void) => async () => {
    how();
    await ended;
  };
  return {
    url,
    port: Number(new URL(url).port),
    stop: end(() => child.stdin?.end()),
    kill: end(() => child.kill('SIGKILL')),
  };
};
