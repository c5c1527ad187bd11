import { Rejection } from '#lumbung/kernel';
import type { Means } from '../folder/session.js';
import { progressBar } from '../terminal/output.js';
import { counted, type Damage, logOf, reading } from './folder.js';

/** `complete` is false when a file is too damaged to read what comes after it. */
type Verified = { path: string; bytes: number; damaged: Damage[]; complete: boolean };

const read = (path: string): Promise<Verified> =>
  reading(path, async (reader) => {
    const bar = progressBar('Membaca berkas');
    const { bytes } = reader.stat();
    const damaged: Damage[] = [];
    try {
      for await (const damage of reader.verify(bar.update)) damaged.push(damage);
    } finally {
      bar.stop();
    }
    return { path, bytes, damaged, complete: true };
  });

const print = ({ bytes, damaged, complete }: Verified): void => {
  for (const { path, offset } of damaged) console.log(`Berkas ${path} rusak pada bita ${offset}.`);
  if (damaged.length === 0) {
    console.log(`${counted(bytes)} bita dibaca, semuanya seperti waktu ditulis.`);
    return;
  }
  if (!complete) console.log('Berkas sesudahnya belum dapat diperiksa.');
  console.log(
    'Hentikan server, kembalikan setiap berkas itu dari cadangan, lalu jalankan ' +
      'lumbung log verify lagi.',
  );
};

/** Reads every byte of the log, and names each file that is not as it was written. */
export const verify = async (means: Means, { json }: { json?: boolean }): Promise<void> => {
  const path = await logOf(means);
  const verified = await read(path).catch((error: unknown): Verified => {
    if (!(error instanceof Rejection) || error.code !== 'LOG_DAMAGED') throw error;
    return { path, bytes: 0, damaged: [error.details as Damage], complete: false };
  });
  if (json) console.log(JSON.stringify(verified));
  else print(verified);
  if (verified.damaged.length > 0) process.exitCode = 1;
};
