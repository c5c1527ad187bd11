import type { Command } from 'commander';
import { type ParkedKey, ParkingApi, platformRejections, type Resumed } from '#lumbung/contracts';
import { type Caller, refuse } from '#lumbung/kernel';
import { clientFor } from '#lumbung/transport';
import { asUser } from '../acting.js';
import { DEFAULT_USER } from '../calling.js';
import type { Means } from '../folder/session.js';
import { tableOf } from '../terminal/table.js';

type Options = { user: string; json?: boolean };
type Dropping = Options & { reason?: string };
type Asking = { parking: ParkingApi; caller: Caller };

const COLUMNS = [
  { heading: 'pembaca' },
  { heading: 'kunci' },
  { heading: 'menunggu', right: true },
  { heading: 'dicoba', right: true },
  { heading: 'sebab' },
];

const rowOf = ({ reader, key, waiting, attempts, code, reason }: ParkedKey): string[] => [
  ...[reader, key, String(waiting), String(attempts), `${reason} [${code}]`],
];

const told = ({ taken, left }: Resumed): string => {
  const done = `${taken} kejadian diproses.`;
  if (!left) return `${done} Tidak ada lagi yang menunggu pada kunci ini.`;
  return `${done} ${left.waiting} masih menunggu: ${left.reason} [${left.code}]`;
};

/** Asks what waits, as a user who may let it go on. */
const asking = <T>(means: Means, options: Options, ask: (asking: Asking) => Promise<T>) =>
  asUser(means, options, 'platform.resume', (bus, caller) =>
    ask({ parking: clientFor(ParkingApi, bus), caller }),
  );

const shown = <T>(answer: T, { json }: Options, lines: (answer: T) => string[]): void => {
  for (const line of json ? [JSON.stringify(answer)] : lines(answer)) console.log(line);
};

const list = async (means: Means, options: Options): Promise<void> => {
  const all = await asking(means, options, ({ parking, caller }) =>
    parking.list({ query: {}, caller }),
  );
  const nothing = ['Tidak ada kejadian yang menunggu.'];
  shown(all, options, () => (all.length > 0 ? tableOf(COLUMNS, all.map(rowOf)) : nothing));
};

const show = async (means: Means, reader: string, key: string, options: Options) => {
  const queue = await asking(means, options, ({ parking, caller }) =>
    parking.show({ query: { reader, key }, caller }),
  );
  shown(queue, options, ({ events }) => [
    ...tableOf(COLUMNS, [rowOf(queue)]),
    '',
    ...events.map(({ id, type, version, json }) => `${id} ${type} v${version} ${json}`),
  ]);
};

const retry = async (means: Means, reader: string, key: string, options: Options) => {
  const resumed = await asking(means, options, ({ parking, caller }) =>
    parking.retry({ query: { reader, key }, caller }),
  );
  shown(resumed, options, (answer) => [told(answer)]);
  if (resumed.left) process.exitCode = 1;
};

const drop = async (means: Means, reader: string, key: string, options: Dropping) => {
  const reason = options.reason?.trim();
  if (!reason) throw refuse(platformRejections, 'REASON_MISSING');
  const resumed = await asking(means, options, ({ parking, caller }) =>
    parking.drop({ query: { reader, key, reason }, caller }),
  );
  shown(resumed, options, (answer) => [`Dibuang: ${reason}.`, told(answer)]);
  if (resumed.left) process.exitCode = 1;
};

export const parkedCommand = (program: Command, means: Means): void => {
  const parked = program
    .command('parked')
    .description('Kejadian yang tidak dapat diproses, dan yang menunggu di belakangnya');
  const of = (usage: string, description: string) =>
    parked
      .command(usage)
      .description(description)
      .option('--user <name>', 'bertindak sebagai pengguna ini', DEFAULT_USER)
      .option('--json', 'keluaran untuk program');
  of('list', 'Menampilkan kunci yang menunggu, dan sebabnya').action((options: Options) =>
    list(means, options),
  );
  of('show <reader> <key>', 'Menampilkan kejadian yang menunggu pada satu kunci').action(
    (reader: string, key: string, options: Options) => show(means, reader, key, options),
  );
  of('retry <reader> <key>', 'Mencoba lagi, lalu melanjutkan yang di belakangnya').action(
    (reader: string, key: string, options: Options) => retry(means, reader, key, options),
  );
  of('drop <reader> <key>', 'Membuang yang pertama untuk selamanya, lalu melanjutkan')
    .option('--reason <text>', 'alasan, wajib diisi dan ikut dicatat')
    .action((reader: string, key: string, options: Dropping) => drop(means, reader, key, options));
};
