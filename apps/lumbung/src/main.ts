import 'reflect-metadata';
import { runCli } from '#lumbung/cli';
import { openEmbedded } from './embedded.js';

await runCli(process.argv, openEmbedded);
