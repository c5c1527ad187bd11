import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenFolder } from '../report.js';

const TMPFS = 0x01021994;

/** To whoever waits for the figures. */
export const tell = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};

/** A folder on a real disk with room enough, gone when the process ends. */
export const newFolder = (needed_gb: number): string => {
  const root = givenFolder ?? tmpdir();
  const { type, bavail, bsize } = statfsSync(root);
  if (type === TMPFS) throw new TypeError('a disk in memory is none; --folder DIR');
  const free_gb = (bavail * bsize) / 1e9;
  tell(`takes about ${needed_gb} GB in ${root}, where ${free_gb.toFixed(1)} GB are free`);
  if (free_gb < needed_gb) throw new Error('too little room; --folder DIR');
  const folder = mkdtempSync(join(root, 'lumbung-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  return folder;
};
