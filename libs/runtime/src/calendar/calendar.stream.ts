import { DayBegan } from '#lumbung/contracts';
import {
  type CommandOf,
  command,
  type Decider,
  daysAfter,
  type EventOf,
  PlainDate,
  type PublicMapping,
  RegencyCode,
  stream,
  toPublic,
} from '#lumbung/kernel';

export const BeginDays = command('BeginDays', { regency: RegencyCode, through: PlainDate });
type BeginDays = CommandOf<typeof BeginDays>;
type Calendar = { last: PlainDate | null };

/** Missed days begin too, each in its turn; the first day ever is the one it is. */
const calendar: Decider<BeginDays, EventOf<typeof DayBegan>, Calendar, { calendar: Calendar }> = {
  commands: [BeginDays],
  events: [DayBegan],
  initial: { last: null },
  decide: {
    BeginDays: ({ data: { regency, through } }, { calendar: { last } }) =>
      (last === null ? [through] : daysAfter(last, through)).map((date) =>
        DayBegan({ regency, date }),
      ),
  },
  evolve: {
    'calendar.DayBegan': (state, { date }) => {
      state.last = date;
    },
  },
};

export const calendarStream = stream('calendar', { calendar });

export const calendarMappings: PublicMapping[] = [toPublic(DayBegan, DayBegan, ({ data }) => data)];
