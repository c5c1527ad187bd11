import type { Command } from 'commander';
import { ProgressApi } from '#lumbung/contracts';
import { memberColumns } from '#lumbung/documents';
import {
  addMonths,
  type CooperativeCode,
  lastDayOf,
  monthOf,
  type PlainDate,
} from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { type Bus, clientFor, followed } from '#lumbung/transport';
import { dateArgument, villageArgument } from '../arguments.js';
import { actingAs, DEFAULT_USER } from '../calling.js';
import { connect, type Means } from '../folder/session.js';
import { BadFile } from '../importing/bad-file.js';
import { enrol, holdsSomething, mustMayEnterOpenings } from '../importing/enrol.js';
import { judged, type Reading } from '../importing/judging.js';
import { type Extent, type Remark, Report, type Summary } from '../importing/report.js';
import { termsOf } from '../importing/rules.js';
import { checkedRows, hashOf } from '../importing/source.js';
import { progressBar } from '../terminal/output.js';

type Options = {
  cooperative: CooperativeCode;
  cutOver?: PlainDate;
  dryRun?: boolean;
  onlyGood?: boolean;
  user: string;
  json?: boolean;
};

type Checked = { rows: number; badLines: Set<number>; hasOpenings: boolean };

const check = async (reading: Reading, report: Report): Promise<Checked> => {
  const badLines = new Set<number>();
  let rows = 0;
  let hasOpenings = false;
  for await (const { chunk, remarks, bad, good } of judged(reading)) {
    rows += chunk.length;
    for (const line of bad) badLines.add(line);
    hasOpenings ||= good.some(holdsSomething);
    report.tell(remarks);
  }
  return { rows, badLines, hasOpenings };
};

type Written = Pick<Summary, 'badRows' | 'imported' | 'importedBefore' | 'badFile'>;

// Somebody else may have written since the file was checked.
const newErrors = (remarks: readonly Remark[], { badLines }: Checked) =>
  remarks.filter(({ line, severity }) => severity === 'error' && !badLines.has(line));

/** Writes the good rows; the others go, as they stand, into a file that can be imported again. */
const write = async (
  reading: Reading,
  file: string,
  report: Report,
  checked: Checked,
): Promise<Written> => {
  const now = () => nodePlatform.clock.now();
  const bar = progressBar('Mencatat anggota');
  const badFile = new BadFile(file);
  const written = { badRows: 0, imported: 0, importedBefore: 0 };
  let done = 0;
  try {
    // Whatever stands in the way shows before anything is recorded.
    if (checked.hasOpenings) await mustMayEnterOpenings({ ...reading, now });
    if (checked.badLines.size > 0) await badFile.open();
    for await (const { chunk, remarks, bad, good } of judged(reading)) {
      const { refused, turnedAway } = await enrol({ ...reading, now }, good);
      report.tell([...newErrors(remarks, checked), ...refused]);
      for (const { row } of chunk) {
        if (bad.has(row.line) || turnedAway.has(row.line)) await badFile.add(row);
      }
      const lines = new Set(refused.map(({ line }) => line));
      const enrolled = good.filter(({ line }) => !lines.has(line));
      written.badRows += bad.size + lines.size;
      written.imported += enrolled.filter(({ status }) => !status).length;
      written.importedBefore += enrolled.filter(({ status }) => status).length;
      done += chunk.length;
      bar.update(done, checked.rows);
    }
  } finally {
    bar.stop();
    await badFile.close();
  }
  await followed(reading.bus, reading.caller);
  return { ...written, badFile: badFile.isOpen ? badFile.path : null };
};

// What brings money needs more, which shows when the file has been looked at.
const NEEDS = ['member.admit'] as const;

const read = async (bus: Bus, file: string, options: Options): Promise<Reading> => {
  const hash = await hashOf(file);
  const caller = await actingAs(bus, options.user, { thread: `import ${hash}`, needs: NEEDS });
  await followed(bus, caller);
  const platform = await clientFor(ProgressApi, bus).platform({ query: {}, caller });
  const today = platform.businessDate;
  const cutOver = options.cutOver ?? lastDayOf(addMonths(monthOf(today), -1));
  const terms = await termsOf({ bus, caller }, options.cooperative, cutOver, today);
  const { random } = nodePlatform;
  const rows = await checkedRows({ file, bus, caller, today, random });
  return { bus, caller, terms, hash, rows };
};

const extentOf = ({ dryRun, onlyGood }: Options, { badLines }: Checked): Extent => {
  if (dryRun) return 'CHECKED';
  return badLines.size === 0 || onlyGood ? 'WRITTEN' : 'REFUSED';
};

const run = async (means: Means, file: string, options: Options): Promise<void> => {
  const session = await connect(means);
  try {
    const reading = await read(session.bus, file, options);
    const report = new Report(options.json ?? false);
    const checked = await check(reading, report);
    const extent = extentOf(options, checked);
    const { rows, badLines } = checked;
    const none = { badRows: badLines.size, imported: 0, importedBefore: 0, badFile: null };
    const written = extent === 'WRITTEN' ? await write(reading, file, report, checked) : none;
    report.end({ rows, ...written, cutOver: reading.terms.cutOver }, extent);
    if (written.badRows > 0) process.exitCode = 1;
  } finally {
    await session.close();
  }
};

const NAMES = memberColumns.map(({ name }) => name);

export const importCommand = (program: Command, means: Means): void => {
  program
    .command('import')
    .description('Memasukkan data yang sudah ada')
    .command('members <file>')
    .description(`Daftar anggota dari CSV, dengan kolom ${NAMES.join(', ')}`)
    .requiredOption('--cooperative <code>', 'kode desa koperasi', villageArgument)
    .option('--cut-over <date>', 'tanggal saldo awal; biasanya akhir bulan lalu', dateArgument)
    .option('--dry-run', 'hanya memeriksa')
    .option('--only-good', 'mencatat baris yang benar; yang lain ke FILE.bad.csv')
    .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
    .option('--json', 'keluaran untuk program')
    .action((file: string, options: Options) => run(means, file, options));
};
