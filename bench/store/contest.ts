import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emmettPostgresql } from '../peers/emmett-postgresql.js';
import { emmettSqlite } from '../peers/emmett-sqlite.js';
import { libsql } from '../peers/libsql.js';
import { lmdb } from '../peers/lmdb.js';
import type { report } from '../report.js';
import { median } from './events.js';
import { tell } from './folder.js';
import { measuredLog, openLog } from './log.js';
import type { MeasuredStore, Peer } from './peer.js';

export type Measured = Parameters<typeof report>[1][number];

const log: Peer = {
  name: 'log',
  streams: 1_000,
  open: async (folder) => measuredLog(await openLog(folder)),
};

/** Ours is the first; the others are what it is compared with. */
const CONTENDERS: Peer[] = [log, lmdb, libsql, emmettSqlite, emmettPostgresql];

export type Contender = Omit<Peer, 'open'> & { store: MeasuredStore };

const missing = new Set<string>();

/** Opens each in a folder of its own; says which is not there, and goes on without it. */
export const openContenders = async (folder: string): Promise<Contender[]> => {
  const opened: Contender[] = [];
  for (const { open, ...peer } of CONTENDERS) {
    if (missing.has(peer.name)) continue;
    const own = join(folder, peer.name);
    await mkdir(own, { recursive: true });
    try {
      opened.push({ ...peer, store: await open(own) });
    } catch (error) {
      if (peer === CONTENDERS[0]) throw error;
      missing.add(peer.name);
      tell(`without ${peer.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return opened;
};

/**
 * Measures one after another, and all of them again; what each of them gave in each round. Each
 * round begins with another, so that none always follows the same one.
 */
export const inRounds = async <C extends { name: string }, T>(
  rounds: number,
  contenders: readonly C[],
  measure: (contender: C) => T | Promise<T>,
): Promise<T[][]> => {
  const results: T[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      results[index]?.push(await measure(contenders[index] as C));
    }
  }
  return results;
};

const labelOf = ({ name, note }: Pick<Peer, 'name' | 'note'>): string =>
  note ? `${name} (${note})` : name;

/** The first of them beside each of the others, by the medians of what they gave. */
export const compared = (
  { name, unit }: Pick<Measured, 'name' | 'unit'>,
  contenders: readonly Pick<Peer, 'name' | 'note'>[],
  samples: readonly (readonly number[])[],
): Measured[] => {
  const [value = 0, ...peerValues] = samples.map(median);
  tell(`${name}: ${Math.round(value * 100) / 100} ${unit}`);
  return contenders.slice(1).map((peer, index) => {
    const peerValue = peerValues[index] ?? 0;
    return { name, value, unit, peer: labelOf(peer), peerValue };
  });
};
