import { Command } from 'commander';
import { untilAsked } from '#lumbung/runtime';
import type { ProcessOptions } from './service-process.js';
import { settingsFrom } from './settings.js';

const VARIABLES =
  'Pengaturan lewat lingkungan: LUMBUNG_REGENCY, LUMBUNG_DATA, LUMBUNG_LOG, NATS_URL, ' +
  'EVENTSTORE_URL, MONGODB_URL.';

const sentenceOf = (error: unknown): string => {
  const { sentence, code } = error as { sentence?: string; code?: string };
  if (sentence !== undefined) return `${sentence} [${code}]`;
  return error instanceof Error ? error.message : String(error);
};

const serve = async (options: Omit<ProcessOptions, 'settings'>) => {
  const asked = untilAsked();
  const settings = settingsFrom(process.env);
  // Its drivers load for half a second, and one process on embedded stores needs none of them.
  const { openServiceProcess } = await import('./service-process.js');
  const { failed, close } = await openServiceProcess({ ...options, settings });
  console.log(`${options.name} siap`);
  try {
    await Promise.race([
      asked,
      failed.then((error) => {
        throw error;
      }),
    ]);
  } finally {
    await close();
  }
};

/** Runs a service process until it is asked to end; a failure is a sentence and an exit code. */
export const runService = async (
  argv: string[],
  options: Omit<ProcessOptions, 'settings'>,
): Promise<void> => {
  const program = new Command(options.name)
    .description(`Layanan ${options.name} dari Lumbung yang dipecah. ${VARIABLES}`)
    .action(() => serve(options));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
};
