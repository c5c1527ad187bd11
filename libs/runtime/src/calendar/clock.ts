import { platformRejections } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { epochMs, type Instant, type Platform, Unavailable } from '#lumbung/kernel';
import { calendarStream } from './calendar.stream.js';

// Network time puts a clock back by a little; who puts it back by more, it was wrong or is now.
const STEP_BACK_MS = 10 * 60_000;

const told = (moment: Instant, timeZone: string) =>
  new Intl.DateTimeFormat('id-ID', { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(
    epochMs(moment),
  );

/**
 * `Unavailable` CLOCK_BEHIND_LOG when the clock lies more than 10 minutes before what was
 * recorded last. It is wrong now or was wrong then, and nothing may be decided by it.
 */
export const clockBehind = (now: Instant, last: Instant, zone: string): Unavailable | undefined => {
  if (epochMs(last) - epochMs(now) <= STEP_BACK_MS) return;
  const code = 'CLOCK_BEHIND_LOG';
  const times = { now: told(now, zone), last: told(last, zone) };
  return new Unavailable(code, platformRejections[code](times));
};

const LAST = { direction: 'backwards', limit: 1 } as const;

/**
 * Throws `Unavailable` CLOCK_BEHIND_LOG for the end of the log, and for its calendar: a clock that
 * ran ahead has begun days, whatever was recorded after it was put right.
 */
export const ensureClock = async (
  store: EventStore,
  { clock }: Pick<Platform, 'clock'>,
  { regency, zone }: { regency: string; zone: string },
): Promise<void> => {
  const calendar = store.readStream(calendarStream.id(regency), LAST);
  for (const newest of [store.readAll(LAST), calendar]) {
    for await (const events of newest) {
      for (const { metadata } of events) {
        const behind = clockBehind(clock.now(), metadata.recordedAt, zone);
        if (behind) throw behind;
      }
    }
  }
};
