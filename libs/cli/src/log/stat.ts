import { instantAt } from '#lumbung/kernel';
import type { Means } from '../folder/session.js';
import { tableOf } from '../terminal/table.js';
import { counted, type LogReader, logOf, reading } from './folder.js';

type LogStat = ReturnType<LogReader['stat']>;

const COLUMNS = [
  { heading: 'Berkas' },
  { heading: 'Mulai posisi', right: true },
  { heading: 'Kejadian', right: true },
  { heading: 'Bita', right: true },
  { heading: 'Keterangan' },
];

const rowOf = ({ name, folder, base, bytes, events, ...is }: LogStat['segments'][number]) => [
  name,
  String(base),
  counted(events),
  counted(bytes),
  [...(is.archived ? [`arsip di ${folder}`] : []), ...(is.compacted ? ['dipadatkan'] : [])].join(),
];

const timeOf = (ms: number | undefined) => (ms === undefined ? null : instantAt(Math.floor(ms)));

const firstOf = async (reader: LogReader): Promise<number | undefined> => {
  for await (const [event] of reader.readAll({ limit: 1, system: true })) return event?.created;
};

/** What the log holds, and in which files. */
export const stat = async (means: Means, { json }: { json?: boolean }): Promise<void> => {
  const path = await logOf(means);
  await reading(path, async (reader) => {
    const { lastCreated, segments, ...known } = reader.stat();
    const times = { first: timeOf(await firstOf(reader)), last: timeOf(lastCreated) };
    if (json) {
      console.log(JSON.stringify({ path, ...known, ...times, segments }));
      return;
    }
    console.log(`Catatan ${known.id ?? 'kosong'} di ${path}`);
    console.log(
      `  ${counted(known.events)} kejadian, ${counted(known.streams)} aliran, ` +
        `${counted(known.types)} jenis, ${counted(known.bytes)} bita`,
    );
    if (times.first) console.log(`  dari ${times.first} sampai ${times.last}`);
    for (const line of tableOf(COLUMNS, segments.map(rowOf))) console.log(line);
  });
};
