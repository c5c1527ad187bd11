import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { untilAsked } from '#lumbung/runtime';
import { serve } from './serve.js';

const DEFAULT_PORT = 2113;
const MOST_PORT = 65_535;
const TITLES: Readonly<Record<string, string>> = { 'Usage:': 'Pemakaian:', 'Options:': 'Pilihan:' };

const portArgument = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MOST_PORT) return port;
  throw new InvalidArgumentError(`Harus bilangan bulat dari 0 sampai ${MOST_PORT}.`);
};

/** Both or none, so that nobody takes an open door for a closed one. */
const bothOf = (first: string, second: string): [string, string] | undefined => {
  const { [first]: one, [second]: other } = process.env;
  if (!one && !other) return;
  if (one && other) return [one, other];
  throw new Error(`${first} dan ${second} harus diisi keduanya, atau tidak sama sekali.`);
};

const credentialsOf = () => {
  const [user, password] = bothOf('EVENTSTORE_USER', 'EVENTSTORE_PASSWORD') ?? [];
  return user && password ? { user, password } : undefined;
};

const tlsOf = async () => {
  const [key, cert] = bothOf('EVENTSTORE_TLS_KEY', 'EVENTSTORE_TLS_CERT') ?? [];
  return key && cert ? { key: await readFile(key), cert: await readFile(cert) } : undefined;
};

type Options = { data: string; port: number; memory?: true };

const program = new Command('eventstore')
  .description(
    'Catatan kejadian di komputer ini, untuk program yang memakai EventStoreDB.\n' +
      'Nama dan kata sandi, bila perlu: EVENTSTORE_USER dan EVENTSTORE_PASSWORD.\n' +
      'Berkas PEM untuk TLS, bila perlu: EVENTSTORE_TLS_KEY dan EVENTSTORE_TLS_CERT.',
  )
  .option('--data <folder>', 'folder data', './data/eventstore')
  .option('--port <port>', 'port di 127.0.0.1; 0 untuk yang mana saja', portArgument, DEFAULT_PORT)
  .option('--memory', 'hanya di memori: hilang bila program berhenti')
  .configureHelp({
    styleTitle: (title) => TITLES[title] ?? title,
    styleOptionDescription: (text) => text.replace('(default: ', '(bawaan: '),
  })
  .helpOption('-h, --help', 'menampilkan bantuan')
  .action(async ({ data, port, memory }: Options) => {
    const folder = memory ? undefined : data;
    const secured = { credentials: credentialsOf(), tls: await tlsOf() };
    await serve({ folder, port, ...secured }, untilAsked(), (url) => console.log(url));
  });

try {
  await program.parseAsync(process.argv);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
