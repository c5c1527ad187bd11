import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { runCli } from '#lumbung/cli';
import { telemetrySettingsFrom } from '#lumbung/hosting';
import { openEmbedded } from './embedded.js';

// More would wait for the one writer that a read store has.
const MOST_THREADS = 4;

const threads = { workers: Math.min(availableParallelism(), MOST_THREADS) };

await runCli(process.argv, async (opening) => {
  // What never happened is nothing to watch.
  const telemetry = opening.simulated ? undefined : telemetrySettingsFrom(process.env);
  return openEmbedded({ ...opening, threads, telemetry });
});
