// One task in a process of its own, which answers and waits to be killed: children.ts.
import { drive } from './client.js';
import { fill, weigh } from './large.js';

const TASKS = { drive, fill, weigh };
export type Tasks = typeof TASKS;

const [task = '', given = '{}'] = process.argv.slice(2);
const run = TASKS[task as keyof Tasks] as (given: unknown) => Promise<unknown>;
// Whoever is asked for nothing more would end by itself, and never be killed.
process.on('message', () => undefined);
process.send?.((await run(JSON.parse(given))) ?? null);
