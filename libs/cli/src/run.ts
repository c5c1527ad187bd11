import { Command } from 'commander';
import { Rejection, Unavailable } from '#lumbung/kernel';
import { serveCommand } from './commands/serve.js';
import { userCommand } from './commands/user.js';
import type { Open } from './host.js';
import { settingsFrom } from './settings.js';

const sentenceOf = (error: unknown): string => {
  if (error instanceof Rejection || error instanceof Unavailable) {
    return `${error.sentence} [${error.code}]`;
  }
  const known = error as { code?: string; sentence?: string; message?: string };
  return known.sentence ? `${known.sentence} [${known.code}]` : (known.message ?? String(error));
};

/** Runs the command that the arguments name; a failure is a sentence and a non-zero exit. */
export const runCli = async (argv: string[], open: Open): Promise<void> => {
  const program = new Command('lumbung')
    .description('Buku, anggota dan simpanan koperasi desa: catatan yang dapat dibuktikan')
    .showHelpAfterError('(lihat --help)');
  try {
    const means = { open, settings: settingsFrom(process.env) };
    serveCommand(program, means);
    userCommand(program, means);
    await program.parseAsync(argv);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
};
