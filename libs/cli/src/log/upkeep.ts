import { readFile, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { archiveLog, compactLog, openLogReader } from '#lumbung/event-store/log';
import { refuse } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import type { Means } from '../folder/session.js';
import { progressBar } from '../terminal/output.js';
import { counted, exclusively } from './folder.js';
import { logRejections } from './rejections.js';

export type ArchiveOptions = { to: string; keep: number; json?: boolean };

const { clock, files } = nodePlatform;

const segmentsIn = (path: string): string[] => {
  const reader = openLogReader({ path });
  try {
    const own = reader.stat().segments.filter(({ archived }) => !archived);
    return own.map(({ name }) => name);
  } finally {
    reader.close();
  }
};

/** The archive of another log must not be written over. */
const mustBeFree = async (path: string, to: string): Promise<void> => {
  await files.makeFolder(to);
  if ((await realpath(to)) === (await realpath(path))) {
    throw refuse(logRejections, 'ARCHIVE_IS_LOG', { folder: to });
  }
  for (const name of segmentsIn(path)) {
    const there = await readFile(join(to, name)).catch(() => undefined);
    const isOther = there && !there.equals(await readFile(join(path, name)));
    if (isOther) throw refuse(logRejections, 'ARCHIVE_TAKEN', { path: join(to, name) });
  }
};

/** Moves full files of the log to another folder, from where they are still read. */
export const archive = (means: Means, { to: wanted, keep, json }: ArchiveOptions) =>
  exclusively(means, async (path) => {
    const to = resolve(wanted);
    await mustBeFree(path, to);
    const bar = progressBar('Mengarsipkan berkas');
    try {
      const moved = archiveLog({ path, clock }, { to, keep }, bar.update);
      bar.stop();
      if (json) console.log(JSON.stringify({ moved }));
      else console.log(`${moved.length} berkas dipindahkan ke ${to}: ${namesOf(moved)}.`);
    } finally {
      bar.stop();
    }
  });

const namesOf = (moved: readonly { name: string }[]) =>
  moved.map(({ name }) => basename(name)).join(', ') || 'belum ada yang penuh';

/** Writes full files of the log anew, without what streams have let go. */
export const compact = (means: Means, { json }: { json?: boolean }) =>
  exclusively(means, async (path) => {
    const bar = progressBar('Memadatkan berkas');
    try {
      const freed = compactLog({ path, clock }, bar.update);
      bar.stop();
      console.log(json ? JSON.stringify({ freed }) : `${counted(freed)} bita dibebaskan.`);
    } finally {
      bar.stop();
    }
  });
