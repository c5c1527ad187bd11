import { Command, InvalidArgumentError } from 'commander';
import { serve } from './serve.js';

const DEFAULT_PORT = 2113;
const MOST_PORT = 65_535;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const TITLES: Readonly<Record<string, string>> = { 'Usage:': 'Pemakaian:', 'Options:': 'Pilihan:' };

/** Resolves when somebody wants this to end; who asks twice does not wait for that. */
const untilAsked = () =>
  new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });

const portArgument = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MOST_PORT) return port;
  throw new InvalidArgumentError(`Harus bilangan bulat dari 0 sampai ${MOST_PORT}.`);
};

/** Both or none, so that nobody takes an open door for a closed one. */
const credentialsOf = ({
  EVENTSTORE_USER: user,
  EVENTSTORE_PASSWORD: password,
}: NodeJS.ProcessEnv) => {
  if (!user && !password) return;
  if (user && password) return { user, password };
  throw new Error(
    'EVENTSTORE_USER dan EVENTSTORE_PASSWORD harus diisi keduanya, atau tidak sama sekali.',
  );
};

type Options = { data: string; port: number; memory?: true };

const program = new Command('eventstore')
  .description(
    'Catatan kejadian di komputer ini, untuk program yang memakai EventStoreDB.\n' +
      'Nama dan kata sandi, bila perlu: EVENTSTORE_USER dan EVENTSTORE_PASSWORD.',
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
    const credentials = credentialsOf(process.env);
    await serve({ folder, port, credentials }, untilAsked(), (url) => console.log(url));
  });

try {
  await program.parseAsync(process.argv);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
