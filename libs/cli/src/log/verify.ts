import { Rejection } from '#lumbung/kernel';
import type { Means } from '../folder/session.js';
import { progressBar } from '../terminal/output.js';
import { counted, type Damage, logOf, reading } from './folder.js';
import { unreadIn } from './unread.js';

/**
 * `complete` is false when a file is too damaged to read what comes after it; `unread` is where
 * the last one cannot be read on.
 */
type Verified = {
  path: string;
  bytes: number;
  damaged: Damage[];
  complete: boolean;
  unread: Damage | null;
};

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
    return { path, bytes, damaged, complete: true, unread: (await unreadIn(path)) ?? null };
  });

const print = ({ bytes, damaged, complete, unread }: Verified): void => {
  for (const { path, offset } of damaged) console.log(`Berkas ${path} rusak pada bita ${offset}.`);
  if (!complete) console.log('Berkas sesudahnya belum dapat diperiksa.');
  if (damaged.length > 0) {
    console.log(
      'Hentikan server, kembalikan setiap berkas itu dari cadangan, lalu jalankan ' +
        'lumbung log verify lagi.',
    );
  }
  if (unread) {
    console.log(
      `Berkas ${unread.path} tidak terbaca mulai bita ${unread.offset}: penulisan terakhir ` +
        'terputus, atau berkas itu rusak. Jalankan lumbung serve: yang terputus dibuang, dan ' +
        'berkas yang rusak ditolak.',
    );
  }
  if (damaged.length > 0 || unread) return;
  console.log(`${counted(bytes)} bita dibaca, semuanya seperti waktu ditulis.`);
};

/** Reads every byte of the log, and names each file that is not as it was written. */
export const verify = async (means: Means, { json }: { json?: boolean }): Promise<void> => {
  const path = await logOf(means);
  const verified = await read(path).catch((error: unknown): Verified => {
    if (!(error instanceof Rejection) || error.code !== 'LOG_DAMAGED') throw error;
    return { path, bytes: 0, damaged: [error.details as Damage], complete: false, unread: null };
  });
  if (json) console.log(JSON.stringify(verified));
  else print(verified);
  if (verified.damaged.length > 0 || verified.unread) process.exitCode = 1;
};
