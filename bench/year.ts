// A year of a whole regency, made by the same commands as people send; takes minutes.
import { runCli } from '#lumbung/cli';
import { openEmbedded } from '../apps/lumbung/src/embedded.js';
import { givenFolder, report } from './report.js';

if (!givenFolder) throw new TypeError('name a new folder with --folder');

const life = ['--months', '12', '--members', '200', '--seed', '1', '--folder', givenFolder];

// The command prints for programs, and this one reads it in the same process.
const printed: string[] = [];
const { log } = console;
console.log = (line: string) => printed.push(line);
await runCli(['node', 'lumbung', 'simulate', ...life, '--json'], openEmbedded);
console.log = log;
const { cooperatives, members, commands, seconds } = JSON.parse(printed.at(-1) ?? '');

report('year', [
  {
    name: `simulate: 12 months of ${cooperatives} cooperatives with ${members} members`,
    value: seconds,
    unit: 's',
  },
  { name: `simulate: its ${commands} commands`, value: commands / seconds, unit: 'commands/s' },
]);
