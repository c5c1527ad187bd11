import { readdir } from 'node:fs/promises';
import { TotalsApi } from '#lumbung/contracts';
import {
  addMonths,
  businessDate,
  type Caller,
  epochMs,
  firstDayOf,
  monthOf,
  type PlainDate,
  Rejection,
  startOf,
  type UserName,
} from '#lumbung/kernel';
import { DEFAULT_REGENCY, nodePlatform, virtualClock, zoneOf } from '#lumbung/runtime';
import { type Simulated, simulate } from '#lumbung/simulation';
import { clientFor } from '#lumbung/transport';
import type { Opened } from '../host.js';
import { progressBar } from '../output.js';
import { addFirstUser, found } from './founding.js';
import { type Means, openHere } from './session.js';

/** What a life is made of; `members` in each cooperative, more or less. */
export type Life = {
  months: number;
  members: number;
  seed: number;
  /** By default such that the last month is the one before this. */
  from?: PlainDate;
  regency?: string;
};

// Cooperatives of this kind began in 2025, and workflows act on nothing recorded before.
const EARLIEST = '2025-01-01';

/** The folder beside the real one, where made-up life lies. */
export const demoFolder = ({ settings }: Means): string => `${settings.LUMBUNG_DATA}-demo`;

/** Whether nobody has ever opened the folder. */
export const isUntouched = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder).catch(() => []);
  return names.every((name) => name.startsWith('lumbung.lock'));
};

const mustBeNew = async ({ bus, regency }: Opened, folder: string) => {
  const caller: Caller = {
    user: 'system:founding' as UserName,
    role: 'founder',
    correlationId: 'simulate',
  };
  const totals = clientFor(TotalsApi, bus);
  if (!(await totals.region({ query: { code: regency }, caller }))) return;
  const sentence =
    `Folder ${folder} sudah berisi kehidupan contoh. Hapus folder itu, ` +
    'atau pilih folder lain dengan --folder.';
  throw new Rejection('SIMULATION_ALREADY_RAN', sentence, { folder });
};

const beginningOf = ({ from, months }: Life, zone: string): PlainDate => {
  const today = businessDate(nodePlatform.clock.now(), zone);
  const begins = from ?? firstDayOf(addMonths(monthOf(today), -months));
  if (begins >= EARLIEST) return begins;
  const sentence = `Kehidupan contoh dimulai paling awal ${EARLIEST}.`;
  throw new Rejection('SIMULATION_TOO_EARLY', sentence, { earliest: EARLIEST });
};

/**
 * Fills a new folder with a life of every cooperative of the regency, on a clock of its own.
 * Rejects FOLDER_IS_OF_ANOTHER_KIND, REGENCY_DIFFERS and SIMULATION_ALREADY_RAN.
 */
export const simulateInto = async (
  means: Means,
  folder: string,
  life: Life,
): Promise<Simulated> => {
  const zone = zoneOf(life.regency ?? DEFAULT_REGENCY);
  const from = beginningOf(life, zone);
  const clock = virtualClock(epochMs(startOf(from, zone)));
  const platform = { ...nodePlatform, clock };
  const wanted = { folder, regency: life.regency, simulated: true, keepsTime: false, platform };
  const { opened, close } = await openHere(means, wanted);
  try {
    await opened.ready;
    await mustBeNew(opened, folder);
    const { bus, regency } = opened;
    await addFirstUser(bus, clock.now());
    const founding = progressBar('Mendaftarkan koperasi');
    await found(bus, regency, clock.now(), founding.update);
    founding.stop();
    const bar = progressBar('Menyusun kehidupan contoh');
    const living = simulate({
      ...{ bus, clock, regency, zone, from, beginDays: opened.beginDays },
      ...{ months: life.months, members: life.members, seed: life.seed },
      onProgress: bar.update,
    });
    const failed = opened.failed.then((error) => {
      throw error;
    });
    return await Promise.race([living, failed]).finally(bar.stop);
  } finally {
    await close();
  }
};
