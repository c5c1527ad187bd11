import 'reflect-metadata';
import { Command } from 'commander';
import { wholeArgument } from '#lumbung/cli';
import { untilAsked } from '#lumbung/runtime';
import { startAll } from './all.js';

const MOST_PORT = 65_535;
const MOST_INSTANCES = 16;
type Options = { data: string; port: number; instances: number; empty?: boolean };

const program = new Command('services')
  .description(
    'Menjalankan semua layanan sebagai proses sendiri-sendiri di komputer ini: NATS dari ' +
      'nats-server, catatan kejadian dari apps/eventstore, dan bacaan di folder data.',
  )
  .option('--data <folder>', 'folder data', process.env.LUMBUNG_DATA ?? './data-services')
  .option(
    '--port <port>',
    'port HTTP',
    wholeArgument(0, MOST_PORT),
    Number(process.env.PORT ?? 3000),
  )
  .option(
    '--instances <count>',
    'berapa proses untuk setiap layanan',
    wholeArgument(1, MOST_INSTANCES),
    Number(process.env.LUMBUNG_INSTANCES ?? 1),
  )
  .option('--empty', 'tanpa mendaftarkan koperasi dari data wilayah')
  .action(async ({ data, port, instances, empty = false }: Options) => {
    const asked = untilAsked();
    const all = await startAll({ data, port, instances, empty, say: (line) => console.log(line) });
    await asked;
    console.log('Menghentikan semua layanan …');
    await all.stop();
  });

try {
  await program.parseAsync(process.argv);
} catch (error) {
  const { sentence } = error as { sentence?: string };
  console.error(sentence ?? (error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
