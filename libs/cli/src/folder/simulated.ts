import { join } from 'node:path';
import { TotalsApi } from '#lumbung/contracts';
import {
  addMonths,
  businessDate,
  epochMs,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDate,
  refuse,
  startOf,
} from '#lumbung/kernel';
import { DEFAULT_REGENCY, nodePlatform, virtualClock, zoneOf } from '#lumbung/runtime';
import { type Simulated, simulate } from '#lumbung/simulation';
import { clientFor } from '#lumbung/transport';
import type { Opened } from '../host.js';
import { cliRejections } from '../rejections.js';
import { progressBar } from '../terminal/output.js';
import { addFirstUser, FOUNDER, found } from './founding.js';
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

const mustBeNew = async ({ bus, regency }: Opened, folder: string) => {
  const totals = clientFor(TotalsApi, bus);
  if (!(await totals.region({ query: { code: regency }, caller: FOUNDER }))) return;
  throw refuse(cliRejections, 'SIMULATION_ALREADY_RAN', { folder });
};

/** Rejects SIMULATION_TOO_EARLY, and SIMULATION_TOO_LATE: nobody serves a life yet to come. */
export const beginningOf = ({ from, months }: Life, today: PlainDate): PlainDate => {
  const begins = from ?? firstDayOf(addMonths(monthOf(today), -months));
  if (begins < EARLIEST) {
    throw refuse(cliRejections, 'SIMULATION_TOO_EARLY', { earliest: EARLIEST });
  }
  const end = lastDayOf(addMonths(monthOf(begins), months - 1));
  if (end >= today) throw refuse(cliRejections, 'SIMULATION_TOO_LATE', { end });
  return begins;
};

const MARK = 'contoh.json';

/** Rejects SIMULATION_UNFINISHED: a life that was broken off has cooperatives without any. */
export const mustBeFinished = async (folder: string): Promise<void> => {
  if (await nodePlatform.files.read(join(folder, MARK))) return;
  throw refuse(cliRejections, 'SIMULATION_UNFINISHED', { folder });
};

/**
 * Fills a new folder with a life of every cooperative of the regency, on a clock of its own.
 * Rejects FOLDER_IS_OF_ANOTHER_KIND, REGENCY_DIFFERS, REGENCY_UNKNOWN, SIMULATION_ALREADY_RAN and
 * what `beginningOf` does.
 */
export const simulateInto = async (
  means: Means,
  folder: string,
  life: Life,
): Promise<Simulated> => {
  const zone = zoneOf(life.regency ?? DEFAULT_REGENCY);
  const from = beginningOf(life, businessDate(nodePlatform.clock.now(), zone));
  const clock = virtualClock(epochMs(startOf(from, zone)));
  const platform = { ...nodePlatform, clock };
  const wanted = { folder, regency: life.regency, simulated: true, keepsTime: false, platform };
  const { opened, close } = await openHere(means, wanted);
  try {
    await opened.ready;
    await mustBeNew(opened, folder);
    const { bus, regency } = opened;
    await addFirstUser(bus, regency, clock.now());
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
    const simulated = await Promise.race([living, failed]).finally(bar.stop);
    await platform.files.createSecret(join(folder, MARK), Buffer.from(JSON.stringify(life)));
    return simulated;
  } finally {
    await close();
  }
};
