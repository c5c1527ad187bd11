import type { Command } from 'commander';
import { AuditApi, type Finding, type Verified } from '#lumbung/contracts';
import { clientFor } from '#lumbung/transport';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';
import { tableOf } from '../terminal/table.js';
import { percentOf, watched } from '../terminal/watching.js';

type Options = { user: string; json?: boolean };

// A page of them; `--json` tells them all.
const SHOWN = 50;

const COLUMNS = [
  { heading: 'Temuan' },
  { heading: 'Pada' },
  { heading: 'Seharusnya', right: true },
  { heading: 'Ternyata', right: true },
];

const SENTENCES: Readonly<Record<string, string>> = {
  POSTING_UNREADABLE: 'Jurnal tidak terbaca',
  JOURNAL_UNBALANCED: 'Jurnal tidak seimbang',
  AMOUNT_NOT_POSITIVE: 'Jumlah jurnal tidak lebih dari nol',
  VOUCHER_NOT_NEXT: 'Nomor bukti tidak berurutan',
  MONTH_NOT_OF_DATE: 'Bulan buku bukan bulan tanggalnya',
  MONTH_CLOSED: 'Jurnal pada bulan yang sudah ditutup',
  MEMBER_BALANCE_DIFFERS: 'Simpanan anggota berbeda dari catatan',
  COOPERATIVE_TOTAL_DIFFERS: 'Angka koperasi berbeda dari catatan',
  BOOK_DIFFERS: 'Buku berbeda dari catatan',
  JOURNAL_DIFFERS: 'Jurnal yang ditampilkan berbeda dari catatan',
  JOURNAL_NOT_SHOWN: 'Jurnal ada di catatan, tetapi tidak ditampilkan',
  JOURNAL_NOT_IN_LOG: 'Jurnal ditampilkan, tetapi tidak ada di catatan',
  REGION_TOTAL_DIFFERS: 'Angka wilayah berbeda dari catatan',
};

const rowOf = ({ code, subject, expected, found }: Finding) => [
  `${SENTENCES[code] ?? code} [${code}]`,
  subject,
  expected,
  found,
];

const print = ({ events, journals, compared, findings }: Verified) => {
  console.log(
    `${events} kejadian dan ${journals} jurnal diperiksa, ${compared} angka dibandingkan.`,
  );
  if (findings.length === 0) {
    console.log('Setiap jurnal seimbang, dan setiap angka sama dengan catatan.');
    return;
  }
  console.log(`${findings.length} temuan:`);
  for (const line of tableOf(COLUMNS, findings.slice(0, SHOWN).map(rowOf))) console.log(line);
  const more = findings.length - SHOWN;
  if (more > 0) console.log(`dan ${more} lagi; semuanya dengan --json.`);
};

const verify = async (means: Means, { user, json }: Options): Promise<void> => {
  const session = await connect(means);
  try {
    const caller = await actingAs(session.bus, user, { thread: 'verify', needs: ['audit.read'] });
    const audit = clientFor(AuditApi, session.bus);
    const work = audit.verify({ query: {}, caller });
    const verified = await watched('Memeriksa catatan', work, async () => {
      const { position, head } = await audit.status({ query: {}, caller });
      return percentOf(position, head);
    });
    if (json) console.log(JSON.stringify(verified));
    else print(verified);
    if (verified.findings.length > 0) process.exitCode = 1;
  } finally {
    await session.close();
  }
};

export const verifyCommand = (program: Command, means: Means): void => {
  program
    .command('verify')
    .description('Memeriksa bahwa tiap jurnal seimbang dan tiap angka sama dengan catatan')
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program')
    .action((options: Options) => verify(means, options));
};
