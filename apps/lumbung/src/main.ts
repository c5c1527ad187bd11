import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { runCli } from '#lumbung/cli';
import { openEmbedded } from './embedded.js';

// More would wait for the one writer that a read store has.
const MOST_THREADS = 4;

const threads = { workers: Math.min(availableParallelism(), MOST_THREADS) };

await runCli(process.argv, (opening) => openEmbedded({ ...opening, threads }));
