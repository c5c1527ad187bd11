import type { Command } from 'commander';
import {
  AuditApi,
  CooperativeApi,
  ensureMembership as ensure,
  type Replayed,
  type ReplayedBook,
} from '#lumbung/contracts';
import {
  type Caller,
  type Instant,
  inRupiah,
  type PlainDate,
  type VillageCode,
} from '#lumbung/kernel';
import { type Bus, clientFor } from '#lumbung/transport';
import { dateArgument, instantArgument, villageArgument } from '../arguments.js';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';
import { tableOf } from '../terminal/table.js';
import { percentOf, watched } from '../terminal/watching.js';

type Options = {
  asOf?: PlainDate;
  asKnown?: Instant;
  cooperative?: VillageCode;
  user: string;
  json?: boolean;
};

const COLUMNS = [
  { heading: 'Koperasi' },
  { heading: 'Buku' },
  { heading: 'Akun' },
  { heading: 'Debit', right: true },
  { heading: 'Kredit', right: true },
];

const sideOf = (amount: number) => (amount > 0 ? inRupiah(amount) : '');

/** A trial balance: each account on the side that it stands on, and what the sides add up to. */
const rowsOf = ({ cooperative, book, balances }: ReplayedBook): string[][] => {
  const total = (sign: 1 | -1) =>
    balances.reduce((sum, { balance }) => sum + Math.max(0, sign * balance), 0);
  return [
    ...balances
      .filter(({ balance }) => balance !== 0)
      .map(({ account, balance }) => [
        cooperative,
        book,
        account,
        sideOf(balance),
        sideOf(-balance),
      ]),
    [cooperative, book, 'Jumlah', inRupiah(total(1)), inRupiah(total(-1))],
  ];
};

const print = ({ events, journals, books }: Replayed, { asOf, asKnown }: Options) => {
  const moments = [
    ...(asOf ? [`per tanggal ${asOf}`] : []),
    ...(asKnown ? [`yang tercatat sampai ${asKnown}`] : []),
  ];
  console.log(['Saldo', moments.join(', ') || 'menurut seluruh catatan'].join(' '));
  if (books.length > 0)
    for (const line of tableOf(COLUMNS, books.flatMap(rowsOf))) console.log(line);
  console.log(`${books.length} buku, ${journals} jurnal, ${events} kejadian dibaca.`);
};

// Nothing at all would look like books that are empty.
const mustBeRegistered = async (bus: Bus, caller: Caller, cooperative: VillageCode) => {
  const found = await clientFor(CooperativeApi, bus).find({ query: { cooperative }, caller });
  ensure(found, 'COOPERATIVE_UNKNOWN');
};

const replay = async (means: Means, options: Options): Promise<void> => {
  const { asOf, asKnown, cooperative, user, json } = options;
  const session = await connect(means);
  try {
    const caller = await actingAs(session.bus, user, { thread: 'replay', needs: ['audit.read'] });
    if (cooperative) await mustBeRegistered(session.bus, caller, cooperative);
    const audit = clientFor(AuditApi, session.bus);
    const work = audit.replay({ query: { asOf, asKnown, cooperative }, caller });
    const replayed = await watched('Membaca catatan', work, async () => {
      const { position, head } = await audit.status({ query: {}, caller });
      return percentOf(position, head);
    });
    if (json) console.log(JSON.stringify(replayed));
    else print(replayed, options);
  } finally {
    await session.close();
  }
};

export const replayCommand = (program: Command, means: Means): void => {
  program
    .command('replay')
    .description('Menghitung saldo dari catatan, sebagaimana adanya pada suatu hari atau saat')
    .option('--as-of <date>', 'menurut tanggal jurnal, sampai hari ini TTTT-BB-HH', dateArgument)
    .option(
      '--as-known <instant>',
      'menurut yang sudah tercatat sampai saat ini (UTC)',
      instantArgument,
    )
    .option('--cooperative <code>', 'hanya koperasi ini, misalnya 35.06.17.1009', villageArgument)
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program')
    .action((options: Options) => replay(means, options));
};
