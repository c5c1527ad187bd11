import { Command } from 'commander';
import { importCommand } from './commands/import.js';
import { logCommand } from './commands/log.js';
import { parkedCommand } from './commands/parked.js';
import { rebuildCommand } from './commands/rebuild.js';
import { replayCommand } from './commands/replay.js';
import { serveCommand } from './commands/serve.js';
import { simulateCommand } from './commands/simulate.js';
import { userCommand } from './commands/user.js';
import { verifyCommand } from './commands/verify.js';
import { sentenceOf } from './failure.js';
import type { Open } from './host.js';
import { speakIndonesian } from './indonesian.js';
import { settingsFrom } from './settings.js';

// The exit code of Node when nothing is left to happen, but something is still waited for.
const NEVER_SETTLED = 13;

const BROKEN_OFF =
  'Cakram penuh atau rusak, sehingga penyimpanan tidak dapat ditutup. Yang sudah tercatat ' +
  'tetap tersimpan. Periksa cakram, lalu jalankan lagi. [STORE_UNAVAILABLE]';

// An engine whose disk has failed may never answer again, not even that it is closed.
const tellWhenBrokenOff = () => {
  if (process.exitCode !== NEVER_SETTLED) return;
  console.error(BROKEN_OFF);
  process.exitCode = 1;
};

/** Runs the command that the arguments name; a failure is a sentence and a non-zero exit. */
export const runCli = async (argv: string[], open: Open): Promise<void> => {
  const program = speakIndonesian(new Command('lumbung')).description(
    'Buku, anggota dan simpanan koperasi desa: catatan yang dapat dibuktikan',
  );
  process.once('exit', tellWhenBrokenOff);
  try {
    const means = { open, settings: settingsFrom(process.env) };
    serveCommand(program, means);
    importCommand(program, means);
    replayCommand(program, means);
    rebuildCommand(program, means);
    verifyCommand(program, means);
    parkedCommand(program, means);
    simulateCommand(program, means);
    userCommand(program, means);
    logCommand(program, means);
    await program.parseAsync(argv);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
  process.off('exit', tellWhenBrokenOff);
};
