import { type Progress, platformRejections } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';
import { type Readers, readersOf, together } from '#lumbung/runtime';
import type { Bus } from '#lumbung/transport';
import type { Present, Roll } from './roll.js';

type Reached = { roll: Roll; busOf: (present: Present) => Bus };

type One = Present & { readers: Readers };

const isUnavailable = (error: unknown) => error instanceof Unavailable;

/** What those answer who are there. One that has gone reads nothing that could be waited for. */
const answersOf = async <T>(
  present: readonly One[],
  ask: (readers: Readers) => Promise<T>,
): Promise<T[]> => {
  const settled = await Promise.allSettled(present.map(({ readers }) => ask(readers)));
  const answers: T[] = [];
  for (const one of settled) {
    if (one.status === 'fulfilled') answers.push(one.value);
    else if (!isUnavailable(one.reason)) throw one.reason;
  }
  const [first] = settled;
  if (answers.length === 0 && first?.status === 'rejected') throw first.reason;
  return answers;
};

/** Of a store that all read only the one that writes it has something to say. */
const firstAnswer = async <T>(
  present: readonly One[],
  ask: (readers: Readers) => Promise<T>,
): Promise<T[]> => {
  try {
    return [await Promise.any(present.map(({ readers }) => ask(readers)))];
  } catch (error) {
    throw (error as AggregateError).errors[0];
  }
};

const furthestOf = (places: readonly bigint[]) =>
  places.reduce((far, place) => (place > far ? place : far), 0n);

const placeOf = ({ projections }: Progress) =>
  BigInt(Object.values(projections)[0]?.position ?? -1);

const byPlace = (all: readonly Progress[]) =>
  [...all].sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));

/** As far as the slowest has come: whoever is asked next may be he. */
const asTheSlowest = (all: readonly Progress[]): Progress => {
  const merged = together(byPlace(all));
  return { ...merged, building: [...new Set(merged.building)] };
};

/** The readers of all instances of a process as those of one. */
export const readersOfAll = (process: string, { roll, busOf }: Reached): Readers => {
  const present = (): One[] => {
    const all = roll.instancesOf(process);
    if (all.length === 0) {
      const code = 'SERVICE_UNAVAILABLE';
      throw new Unavailable(code, platformRejections[code]);
    }
    return all.map((one) => ({ ...one, readers: readersOf(process, busOf(one)) }));
  };
  const ask = async <T>(question: (readers: Readers) => Promise<T>): Promise<T[]> => {
    const all = present();
    const isShared = all.every(({ shared }) => shared);
    return isShared ? firstAnswer(all, question) : answersOf(all, question);
  };
  return {
    follow: async (position, signal) =>
      furthestOf(await ask((readers) => readers.follow(position, signal))),
    arrive: async (position, signal) => {
      await ask((readers) => readers.arrive(position, signal));
    },
    async progress() {
      const all = present();
      const told = await answersOf(all, (readers) => readers.progress());
      const isShared = all.every(({ shared }) => shared);
      return isShared ? (byPlace(told)[0] as Progress) : asTheSlowest(told);
    },
    async rebuild(projection, caller) {
      const [rebuilt = []] = await ask((readers) => readers.rebuild(projection, caller));
      return rebuilt;
    },
    about: async () => {
      const [about] = await answersOf(present().slice(0, 1), (readers) => readers.about());
      return about as Awaited<ReturnType<Readers['about']>>;
    },
  };
};
