import { cpus } from 'node:os';
import { basename } from 'node:path';

/** One measured figure. `peer` is what it is compared with in the same run, if anything. */
export type Row = {
  name: string;
  value: number;
  unit: string;
  peer: string | null;
  peerValue: number | null;
  ratio: number | null;
  command: string;
  machine: string;
  date: string;
};

type Measured = Pick<Row, 'name' | 'value' | 'unit'> & Partial<Pick<Row, 'peer' | 'peerValue'>>;

const [cpu] = cpus();
const MACHINE = `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}`;

const rounded = (value: number): number =>
  value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;

/** The data folder that was given to measure on, if one was. */
export const givenFolder = process.argv[2];

const commandOf = (bench: string): string =>
  givenFolder
    ? `npm run bench -- ${bench} --folder …/${basename(givenFolder)}`
    : `npm run bench -- ${bench}`;

/**
 * Hands figures to the runner, with the peak memory of this process as the last of them. `of` is
 * the data folder that they are figures of, where it was not made for them.
 */
export const report = (bench: string, measured: Measured[], of = givenFolder): void => {
  const peak_mb = process.resourceUsage().maxRSS / 1024;
  const memory: Measured = { name: `${bench}: peak memory`, value: peak_mb, unit: 'MB' };
  const rows = [...measured, memory].map(
    ({ name, value, unit, peer = null, peerValue = null }): Row => ({
      name: of ? `${name}, in ${basename(of)}` : name,
      value: rounded(value),
      unit,
      peer,
      peerValue: peerValue === null ? null : rounded(peerValue),
      ratio: peerValue ? rounded(value / peerValue) : null,
      command: commandOf(bench),
      machine: MACHINE,
      date: new Date().toISOString().slice(0, 10),
    }),
  );
  console.log(JSON.stringify(rows));
};

export const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** The value below which this share of the samples lies. */
export const quantile = (samples: number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};
