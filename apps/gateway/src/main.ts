import 'reflect-metadata';
import { runCli } from '#lumbung/cli';
import { openGateway } from './gateway.js';

await runCli(process.argv, openGateway);
