import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Tasks } from './child.js';

const SCRIPT = fileURLToPath(new URL('./child.js', import.meta.url));

/** Answers what a task found in a process of its own, which is killed then, whatever it holds. */
export const inChild = async <Name extends keyof Tasks>(
  task: Name,
  given: Parameters<Tasks[Name]>[0],
): Promise<Awaited<ReturnType<Tasks[Name]>>> => {
  const child = fork(SCRIPT, [task, JSON.stringify(given)], {
    execArgv: [...process.execArgv, '--expose-gc'],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process of ${task} ended with ${code} before it answered`);
  });
  const [answer] = await Promise.race([once(child, 'message'), ended]);
  process.off('exit', end);
  end();
  await ended.catch(() => undefined);
  return answer as Awaited<ReturnType<Tasks[Name]>>;
};
