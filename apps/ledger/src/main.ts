import 'reflect-metadata';
import { runService } from '#lumbung/hosting';
import { ledger } from '#lumbung/ledger';

await runService(process.argv, { name: 'ledger', services: [ledger] });
