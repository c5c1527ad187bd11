import { BookName } from '#lumbung/contracts';
import { checkpointEvent, type EventOf, event, Month, PlainDate, z } from '#lumbung/kernel';

/** The month is immutable from now on. */
export const PeriodClosed = event('ledger.PeriodClosed', 1, { book: BookName, month: Month });

/** The licence for saving and lending is on record, so the book takes sukarela. */
export const UspOpened = event('ledger.UspOpened', 1, {
  licence: z.string(),
  licensedOn: PlainDate,
});

/** The book's whole state, so that opening it takes no longer as the years go by. */
export const BalancesStruck = checkpointEvent('ledger.BalancesStruck');

export type BookEvent = EventOf<typeof PeriodClosed> | EventOf<typeof UspOpened>;
