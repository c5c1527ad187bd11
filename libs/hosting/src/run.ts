import { Command } from 'commander';
import { untilAsked } from '#lumbung/runtime';
import { refusalOf } from './refusal.js';
import type { ProcessOptions } from './service-process.js';
import { type Settings, settingsFrom } from './settings.js';

const VARIABLES =
  'Pengaturan lewat lingkungan: LUMBUNG_REGENCY, LUMBUNG_DATA, LUMBUNG_LOG, NATS_URL, ' +
  'EVENTSTORE_URL, MONGODB_URL, LUMBUNG_INSTANCE, LUMBUNG_OPS, OTEL_EXPORTER_OTLP_ENDPOINT, ' +
  'OTEL_TRACES_SAMPLER_ARG.';

const serve = async (options: ProcessOptions) => {
  const asked = untilAsked();
  // Its drivers load for half a second, and one process on embedded stores needs none of them.
  const { openServiceProcess } = await import('./service-process.js');
  const { operations, failed, close } = await openServiceProcess(options);
  if (operations) console.log(`${options.name} diawasi di ${operations}`);
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
  let settings: Settings | undefined;
  const program = new Command(options.name)
    .description(`Layanan ${options.name} dari Lumbung yang dipecah. ${VARIABLES}`)
    .action(() => {
      settings = settingsFrom(process.env);
      return serve({ ...options, settings });
    });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    console.error(refusalOf(error, settings));
    process.exitCode = 1;
  }
};
