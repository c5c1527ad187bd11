import { open } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { ProgressApi } from '#lumbung/contracts';
import { csvLine, memberColumns } from '#lumbung/documents';
import {
  addMonths,
  type Caller,
  type CooperativeCode,
  lastDayOf,
  type MemberId,
  monthOf,
  PlainDate,
  uuidOf,
  VillageCode,
} from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, clientFor } from '#lumbung/transport';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';
import { enrol, followed, stepId } from '../importing/enrol.js';
import { type Remark, Report } from '../importing/report.js';
import {
  alreadyMembers,
  type Candidate,
  remarksOn,
  type Terms,
  termsOf,
} from '../importing/rules.js';
import { checkedRows, hashOf, inChunks, type Row } from '../importing/source.js';
import { progressBar } from '../output.js';

type Options = {
  cooperative: CooperativeCode;
  cutOver?: PlainDate;
  dryRun?: boolean;
  onlyGood?: boolean;
  user: string;
  json?: boolean;
};

type Reading = {
  bus: Bus;
  caller: Caller;
  terms: Terms;
  hash: string;
  rows: () => AsyncGenerator<Row>;
};

const CHUNK = 200;

const NAMES = memberColumns.map(({ name }) => name);

/** Each chunk of rows with those that may be enrolled, and what is said of the others. */
async function* judged({ bus, caller, terms, hash, rows }: Reading) {
  for await (const chunk of inChunks(rows(), CHUNK)) {
    const remarks = chunk.flatMap(({ checked }) => checked.findings);
    const candidates: Candidate[] = [];
    const all: Remark[] = [...remarks];
    for (const { checked } of chunk) {
      if (!checked.member) continue;
      const { line, member } = checked;
      const id = uuidOf(stepId(hash, line, 'admit'), 'member') as MemberId;
      all.push(...remarksOn(line, member, terms));
      candidates.push({ line, member, id });
    }
    all.push(...(await alreadyMembers({ bus, caller }, terms.cooperative, candidates)));
    const bad = new Set(all.filter(({ severity }) => severity === 'error').map(({ line }) => line));
    const good = candidates.filter(({ line }) => !bad.has(line));
    yield { chunk, remarks: all, bad, good };
  }
}

const check = async (reading: Reading): Promise<Report> => {
  const report = new Report();
  for await (const { chunk, remarks, bad } of judged(reading)) {
    report.rows += chunk.length;
    report.badRows += bad.size;
    report.add(remarks);
  }
  return report;
};

/** Writes the good rows; the others go, as they stand, into a file that can be imported again. */
const write = async (reading: Reading, file: string, report: Report): Promise<number> => {
  const { rows } = report;
  const now = () => nodePlatform.clock.now();
  const bar = progressBar('Mencatat anggota');
  const badFile = report.badRows > 0 ? await open(`${file}.bad.csv`, 'w', 0o600) : undefined;
  await badFile?.write(csvLine(NAMES));
  let done = 0;
  let refused = 0;
  try {
    for await (const { chunk, bad, good } of judged(reading)) {
      for (const { row } of chunk) {
        if (bad.has(row.line)) await badFile?.write(csvLine(NAMES.map((name) => row.values[name])));
      }
      const remarks = await enrol({ ...reading, now }, good);
      report.add(remarks);
      refused += new Set(remarks.map(({ line }) => line)).size;
      done += good.length;
      bar.update(done, rows);
    }
  } finally {
    bar.stop();
    await badFile?.close();
  }
  report.badRows += refused;
  return done - refused;
};

const show = (report: Report, imported: number, { dryRun, json }: Options): void => {
  const { rows, badRows, remarks } = report;
  if (json) {
    console.log(JSON.stringify({ rows, badRows, imported, remarks }));
    return;
  }
  report.print();
  const what = dryRun ? 'Diperiksa saja, tidak ada yang dicatat.' : `${imported} anggota tercatat.`;
  console.log(`${rows} baris, ${badRows} salah. ${what}`);
};

const run = async (means: Means, file: string, options: Options): Promise<void> => {
  const session = await connect(means);
  try {
    const { bus } = session;
    const hash = await hashOf(file);
    const caller = await actingAs(bus, options.user, `import ${hash}`);
    const platform = await clientFor(ProgressApi, bus).platform({ query: {}, caller });
    const today = platform.businessDate;
    const cutOver = options.cutOver ?? lastDayOf(addMonths(monthOf(today), -1));
    const terms = await termsOf({ bus, caller }, options.cooperative, cutOver, today);
    const { random } = nodePlatform;
    const rows = await checkedRows({ file, bus, caller, today, random });
    const reading = { bus, caller, terms, hash, rows };
    const report = await check(reading);
    const mayWrite = !options.dryRun && (report.badRows === 0 || options.onlyGood);
    const imported = mayWrite ? await write(reading, file, report) : 0;
    if (mayWrite) await followed({ bus, caller });
    show(report, imported, options);
    if (report.badRows > 0) process.exitCode = 1;
  } finally {
    await session.close();
  }
};

const village = (text: string): CooperativeCode => {
  const parsed = VillageCode.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('Kode desa harus seperti 35.06.17.1009.');
};

const day = (text: string): PlainDate => {
  const parsed = PlainDate.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('Tanggal harus ditulis TTTT-BB-HH dan benar-benar ada.');
};

export const importCommand = (program: Command, means: Means): void => {
  program
    .command('import')
    .description('Memasukkan data yang sudah ada')
    .command('members <file>')
    .description(`Daftar anggota dari CSV, dengan kolom ${NAMES.join(', ')}`)
    .requiredOption('--cooperative <code>', 'kode desa koperasi', village)
    .option('--cut-over <date>', 'tanggal saldo awal; biasanya akhir bulan lalu', day)
    .option('--dry-run', 'hanya memeriksa')
    .option('--only-good', 'mencatat baris yang benar; yang lain ke FILE.bad.csv')
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program')
    .action((file: string, options: Options) => run(means, file, options));
};
