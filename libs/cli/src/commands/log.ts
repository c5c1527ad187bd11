import { type Command, InvalidArgumentError } from 'commander';
import { wholeArgument } from '../arguments.js';
import type { Means } from '../folder/session.js';
import { type CopyOptions, copy } from '../log/copy.js';
import { type DumpOptions, dump } from '../log/dump.js';
import { stat } from '../log/stat.js';
import { type ArchiveOptions, archive, compact } from '../log/upkeep.js';
import { verify } from '../log/verify.js';

type Options = { json?: boolean };

const JSON_OPTION = ['--json', 'keluaran untuk program'] as const;

const positionArgument = (text: string): bigint => {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('Harus posisi dalam catatan, sebuah bilangan bulat.');
};

const looks = (log: Command, means: Means): void => {
  log
    .command('stat')
    .description('Menunjukkan isi catatan dan berkasnya')
    .option(...JSON_OPTION)
    .action((options: Options) => stat(means, options));
  log
    .command('verify')
    .description('Membaca setiap bita, dan menyebut tiap berkas yang rusak')
    .option(...JSON_OPTION)
    .action((options: Options) => verify(means, options));
  log
    .command('dump')
    .description('Mencetak kejadian sebagaimana tersimpan, satu baris JSON tiap kejadian')
    .option('--stream <name>', 'hanya aliran ini')
    .option('--category <name>', 'hanya aliran golongan ini, misalnya ledger')
    .option('--type <name>', 'hanya kejadian jenis ini')
    .option('--from <position>', 'mulai posisi ini', positionArgument)
    .option('--limit <count>', 'paling banyak', wholeArgument(1, Number.MAX_SAFE_INTEGER))
    .option('--backwards', 'yang terakhir lebih dahulu')
    .option('--json', 'keluaran untuk program; tanpa ini pun begitu')
    .action((options: DumpOptions) => dump(means, options));
};

const MOST_KEPT = 1_000_000;

/**
 * The files of the log itself, and no face of a service: whoever may read or write the folder may
 * do this, as with a backup of it.
 */
export const logCommand = (program: Command, means: Means): void => {
  const log = program
    .command('log')
    .description('Berkas catatan: isi, pemeriksaan, arsip, salinan');
  looks(log, means);
  log
    .command('archive')
    .description('Memindahkan berkas yang penuh ke folder lain, dan tetap membacanya dari sana')
    .requiredOption('--to <folder>', 'folder arsip, boleh pada cakram lain')
    .option('--keep <count>', 'berkas penuh yang tinggal', wholeArgument(0, MOST_KEPT), 0)
    .option(...JSON_OPTION)
    .action((options: ArchiveOptions) => archive(means, options));
  log
    .command('compact')
    .description('Membuang dari berkas yang penuh apa yang sudah dilepas alirannya')
    .option(...JSON_OPTION)
    .action((options: Options) => compact(means, options));
  log
    .command('copy')
    .description('Menyalin catatan ke catatan baru, atau melanjutkan salinan yang terputus')
    .requiredOption('--to <place>', 'folder data lain, atau esdb://… dari EventStoreDB')
    .option(...JSON_OPTION)
    .action((options: CopyOptions) => copy(means, options));
};
