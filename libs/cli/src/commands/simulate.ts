import { resolve } from 'node:path';
import type { Command } from 'commander';
import { nodePlatform } from '#lumbung/runtime';
import { dateArgument, regencyArgument, wholeArgument } from '../arguments.js';
import type { Means } from '../folder/session.js';
import { demoFolder, type Life, simulateInto } from '../folder/simulated.js';

type Options = Life & { folder?: string; json?: boolean };

const MOST_MONTHS = 120;
const MOST_MEMBERS = 2_000;
const MOST_SEED = 2 ** 32 - 1;

const run = async (means: Means, { folder: wanted, json, ...life }: Options): Promise<void> => {
  const folder = resolve(wanted ?? demoFolder(means));
  const begun_ms = nodePlatform.clock.elapsed_ms();
  const simulated = await simulateInto(means, folder, life);
  const seconds = Math.round((nodePlatform.clock.elapsed_ms() - begun_ms) / 100) / 10;
  if (json) {
    console.log(JSON.stringify({ folder, ...simulated, seconds }));
    return;
  }
  const { cooperatives, members, commands } = simulated;
  console.log(`DATA CONTOH di ${folder}`);
  console.log(`  ${cooperatives} koperasi, ${members} anggota, ${commands} perintah, ${seconds} s`);
};

export const simulateCommand = (program: Command, means: Means): void => {
  program
    .command('simulate')
    .description('Mengisi folder baru dengan kehidupan contoh (DATA CONTOH)')
    .option('--months <count>', 'berapa bulan', wholeArgument(1, MOST_MONTHS), 12)
    .option(
      '--members <count>',
      'anggota tiap koperasi, kurang lebih',
      wholeArgument(1, MOST_MEMBERS),
      200,
    )
    .option(
      '--seed <number>',
      'benih: yang sama memberi kehidupan yang sama',
      wholeArgument(0, MOST_SEED),
      1,
    )
    .option('--from <date>', 'hari pertama; biasanya hingga bulan lalu', dateArgument)
    .option('--regency <code>', 'kode kabupaten, misalnya 35.06', regencyArgument)
    .option('--folder <folder>', 'folder data; biasanya LUMBUNG_DATA diakhiri -demo')
    .option('--json', 'keluaran untuk program')
    .action((options: Options) => run(means, options));
};
