import { resolve } from 'node:path';
import type { Command } from 'commander';
import { refuse } from '#lumbung/kernel';
import { nodePlatform, untilAsked } from '#lumbung/runtime';
import { followed } from '#lumbung/transport';
import { regencyArgument, wholeArgument } from '../arguments.js';
import { addFirstUser, FOUNDER, found } from '../folder/founding.js';
import { isUntouched, type Means, openHere } from '../folder/session.js';
import { demoFolder, mustBeFinished, simulateInto } from '../folder/simulated.js';
import type { Opened } from '../host.js';
import { cliRejections } from '../rejections.js';
import { progressBar } from '../terminal/output.js';

type Options = { regency?: string; empty?: boolean; demo?: boolean; port?: number };

// Enough to look at, within half a minute.
const SMALL_LIFE = { months: 3, members: 12, seed: 1 };

const MOST_PORT = 65_535;

const brokenOff = () => refuse(cliRejections, 'BROKEN_OFF');

/** What opens a folder that is let go, like one that has failed, when somebody asks for it. */
const endingWhen = (asked: Promise<void>, { open, ...means }: Means): Means => ({
  ...means,
  open: async (opening) => {
    const opened = await open(opening);
    return { ...opened, failed: Promise.race([opened.failed, asked.then(brokenOff)]) };
  },
});

const beSimulated = async (means: Means, folder: string, { regency }: Options) => {
  if (await isUntouched(folder)) await simulateInto(means, folder, { ...SMALL_LIFE, regency });
  await mustBeFinished(folder);
};

const SIGHT_LOOKS = 5;

/** Makes a new folder usable, and waits until whoever comes can see what is in it. */
const prepare = async ({ bus, regency, ready, simulated }: Opened, { empty }: Options) => {
  await ready;
  const now = nodePlatform.clock.now();
  await addFirstUser(bus, regency, now);
  if (!empty && !simulated) {
    const bar = progressBar('Mendaftarkan koperasi');
    const registered = await found(bus, regency, now, bar.update).finally(bar.stop);
    if (registered > 0) console.log(`${registered} koperasi terdaftar dari data wilayah.`);
  }
  await followed(bus, FOUNDER, SIGHT_LOOKS);
};

const serve = async (means: Means, options: Options): Promise<void> => {
  const asked = untilAsked();
  const { settings } = means;
  const folder = options.demo ? demoFolder(means) : settings.LUMBUNG_DATA;
  if (options.demo) await beSimulated(endingWhen(asked, means), folder, options);
  const { opened, lock, close } = await openHere(means, {
    folder,
    regency: options.regency,
    ...(options.demo && { simulated: true }),
  });
  const failed = opened.failed.then((error) => {
    throw error;
  });
  void failed.catch(() => undefined);
  const serving = async (address: string) => {
    await prepare(opened, options);
    if (opened.simulated) console.log('DATA CONTOH: isi folder ini kehidupan rekaan.');
    console.log(`Lumbung kabupaten ${opened.regency}, folder data ${resolve(folder)}`);
    console.log(`  Halaman  ${address}`);
    console.log(`  GraphQL  ${address}/graphql`);
    await asked;
  };
  try {
    const address = await opened.listen(options.port ?? settings.PORT);
    await lock.announce(address);
    await Promise.race([serving(address), asked, failed]);
  } finally {
    await close();
  }
};

// Whoever names no command means this one, so a name that is none ends up here.
const commandUnknown = (name: string) => refuse(cliRejections, 'COMMAND_UNKNOWN', { name });

export const serveCommand = (program: Command, means: Means): void => {
  program
    .command('serve', { isDefault: true })
    .description('Menjalankan halaman dan GraphQL di komputer ini')
    .option(
      '--regency <code>',
      'kode kabupaten, misalnya 35.06 (hanya untuk folder baru)',
      regencyArgument,
    )
    .option('--empty', 'tanpa mendaftarkan koperasi dari data wilayah')
    .option('--demo', 'folder terpisah dengan kehidupan contoh')
    .option('--port <port>', 'port HTTP; sama dengan PORT', wholeArgument(0, MOST_PORT))
    .allowExcessArguments()
    .action((options: Options, { args }: Command) => {
      if (args[0] !== undefined) throw commandUnknown(args[0]);
      return serve(means, options);
    });
};
