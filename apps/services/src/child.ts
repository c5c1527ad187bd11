import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type Program = {
  name: string;
  /** Of node: the script, and what it is given. */
  args: readonly string[];
  environment: Record<string, string>;
  /** Answers what is to be known of a line that says it is ready; undefined for any other. */
  readyIn: (line: string) => string | undefined;
  say: (line: string) => void;
};

export type Child = {
  /** What its ready line told. */
  told: string;
  pid: number;
  ended: Promise<number | null>;
  stop(): Promise<void>;
};

const eachLine = (stream: Readable, hear: (line: string) => void) =>
  createInterface({ input: stream }).on('line', hear);

/** Starts a program in a process of its own, and waits until it is ready. */
export const startChild = async (program: Program): Promise<Child> => {
  const { name, args, environment, readyIn, say } = program;
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, ...args], {
    env: { ...process.env, ...environment },
    // By the channel they hear that whoever started them is gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C is for him, who stops them in order.
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve) => {
    eachLine(child.stdout as Readable, (line) => {
      const told = readyIn(line);
      if (told !== undefined) resolve(told);
      say(line);
    });
  });
  eachLine(child.stderr as Readable, say);
  await once(child, 'spawn');
  const failed = ended.then((code) => {
    throw new Error(`${name} berakhir (${code}) sebelum siap`);
  });
  const told = await Promise.race([ready, failed]);
  failed.catch(() => undefined);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { told, pid: child.pid as number, ended, stop };
};
