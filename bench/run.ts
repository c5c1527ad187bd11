// Runs the benches, each in a process of its own, and writes bench/RESULTS.{json,md}.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './report.js';

const BENCHES = ['values', 'store', 'deposits', 'replay', 'graphql'];
const LONG = ['year'];

const HELP = `npm run bench [-- NAME...] [-- --folder DIR]

Benches: ${BENCHES.join(', ')}; all of these when none is named.
year --folder NEW  simulates a year of the regency into a new folder, which takes minutes
--folder DIR       replay and graphql on this data folder, such as that year`;

const results = (name: string) => fileURLToPath(new URL(`../../bench/${name}`, import.meta.url));

const run = async (name: string, folder: string[]): Promise<Row[]> => {
  const script = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...folder], {
    maxBuffer: 1 << 26,
  });
  const rows = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Row[];
  for (const { name: figure, value, unit } of rows) console.log(`  ${figure}: ${value} ${unit}`);
  return rows;
};

const shown = ({ name, value, unit, peer, ratio, command, date }: Row): string => {
  const measured = `${value.toLocaleString('en')} ${unit}`;
  return `| ${[name, measured, peer ?? '', ratio ?? '', `\`${command}\``, date].join(' | ')} |`;
};

const page = (rows: Row[]): string => `# Measured

These machines are noisy: compare ratios taken in one run, not figures of two days.
Machine: ${[...new Set(rows.map(({ machine }) => machine))].join('; ')}

| what | figure | compared with | ratio | command | date |
|---|---|---|---|---|---|
${rows.map(shown).join('\n')}
`;

const argv = process.argv.slice(2);
const at = argv.indexOf('--folder');
const folder = at < 0 ? [] : argv.splice(at, 2).slice(1);
if (argv.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const chosen = argv.length > 0 ? argv : BENCHES;
const known = JSON.parse(
  await readFile(results('RESULTS.json'), 'utf8').catch(() => '[]'),
) as Row[];
const rows: Row[] = [];
for (const name of chosen) {
  if (![...BENCHES, ...LONG].includes(name)) throw new TypeError(`no bench ${name}\n${HELP}`);
  console.log(name);
  rows.push(...(await run(name, folder)));
}
const commands = new Set(rows.map(({ command }) => command));
const all = [...known.filter(({ command }) => !commands.has(command)), ...rows];
await writeFile(results('RESULTS.json'), `${JSON.stringify(all, null, 2)}\n`);
await writeFile(results('RESULTS.md'), page(all));
