// Runs the benches, each in a process of its own, and writes bench/RESULTS.{json,md}.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Row } from './report.js';

const BENCHES = ['values', 'store', 'deposits', 'replay', 'graphql'];
const LONG = [
  'year',
  'store-size',
  'growth',
  'apart-deposits',
  'apart-mongodb',
  'feed-relay',
  'telemetry-deposits',
];

const HELP = `npm run bench [-- NAME...] [-- --folder DIR]

Benches: ${BENCHES.join(', ')}; all of these when none is named.
year --folder NEW  simulates a year of the regency into a new folder, which takes minutes
--folder DIR       replay and graphql on this data folder, such as that year; the stores' files
                   are made in it
apart-deposits     deposits over NATS to services in processes of their own (nats-server)
apart-mongodb      projections over the MongoDB adapter (a double, or MONGODB_URL)
feed-relay         a log told as a feed and kept by another regency (nats-server)
telemetry-deposits  deposits while the process is watched: figures, some traces, all of them
store-size, growth  a log of ten and of twenty million events, in minutes and gigabytes

npm ci --prefix bench/peers and Debian's postgresql bring the stores that ours is compared with;
what is not installed is left out.`;

const results = (name: string) => fileURLToPath(new URL(`../../bench/${name}`, import.meta.url));

const run = async (name: string, folder: string[]): Promise<Row[]> => {
  const script = fileURLToPath(new URL(`./${name.replace('-', '/')}.js`, import.meta.url));
  const bench = spawn(process.execPath, [...process.execArgv, script, ...folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [stdout, [code]] = await Promise.all([text(bench.stdout), once(bench, 'exit')]);
  if (code !== 0) throw new Error(`the bench ${name} failed`);
  const rows = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Row[];
  for (const { name: figure, value, unit, peer, ratio } of rows) {
    console.log(`  ${figure}: ${value} ${unit}${peer ? `, ${ratio} × ${peer}` : ''}`);
  }
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
