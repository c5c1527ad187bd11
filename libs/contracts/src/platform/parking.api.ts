import { type Ask, type FaceClass, face, query, z } from '#lumbung/kernel';

const Which = { reader: z.string().min(1).max(80), key: z.string().min(1).max(200) };

export const ListParked = query({});
export const ShowParked = query(Which);
export const RetryParked = query(Which);
export const DropEvent = query({
  ...Which,
  reason: z.string().trim().min(1, 'REASON_MISSING').max(500),
});

/** A key of which one event could not be taken; `waiting` counts it and those behind it. */
export type ParkedKey = {
  reader: string;
  key: string;
  code: string;
  reason: string;
  attempts: number;
  waiting: number;
};

/** An event that waits; `json` is all that its reader was given of it. */
export type ParkedEvent = { id: string; type: string; version: number; json: string };

/** `events` are the first hundred of those that wait. */
export type ParkedQueue = ParkedKey & { events: ParkedEvent[] };

/** How many of a queue were taken, two hundred at most at a time, and what is left of it. */
export type Resumed = { taken: number; left: ParkedKey | null };

/**
 * What readers of events could not take. Each waits with those of its key that came after it,
 * until somebody has it tried again or drops it. Rejects NOT_PARKED for what does not wait.
 */
export abstract class ParkingApi {
  static readonly face = face<ParkingApi>('platform.parking', {
    list: ListParked,
    show: ShowParked,
    retry: RetryParked,
    drop: DropEvent,
  });

  abstract list(ask: Ask<typeof ListParked>): Promise<ParkedKey[]>;
  abstract show(ask: Ask<typeof ShowParked>): Promise<ParkedQueue>;
  /** Tries the first again, then those behind it, until one fails. */
  abstract retry(ask: Ask<typeof RetryParked>): Promise<Resumed>;
  /** Drops the first for good, with a reason that is recorded, and goes on with those behind it. */
  abstract drop(ask: Ask<typeof DropEvent>): Promise<Resumed>;
}

/** The same of one process, by its name: `ledger.parking`. */
export const parkingOf = (process: string): FaceClass<ParkingApi> => {
  abstract class ParkingOf extends ParkingApi {
    static override readonly face = face<ParkingApi>(
      `${process}.parking`,
      ParkingApi.face.methods as never,
    );
  }
  return ParkingOf;
};
