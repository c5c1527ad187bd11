import type { EventStore } from '#lumbung/event-store';
import { memoryEventStore } from '#lumbung/event-store/memory';
import { type Metadata, type Timers, uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { LogReader } from '../log-reader.js';

export const PARE = '35.06.17.1009';
export const GEDANGSEWU = '35.06.17.2010';
export const SITI = uuidOf('audit', 'siti');
export const BUDI = uuidOf('audit', 'budi');

export type Told = { type: string; data: object; metadata?: Partial<Metadata> };

type Side = { account: string; debit?: number; credit?: number; member?: string };

/** An event with a journal of 2 March, `amount` from cash to Siti's pokok unless told otherwise. */
export const posted = (
  voucher: number,
  changes: { posting?: object; lines?: Side[]; amount?: number; metadata?: Partial<Metadata> } = {},
): Told => {
  const { posting, amount = 100_000, metadata } = changes;
  const lines: Side[] = changes.lines ?? [
    { account: '1101', debit: amount },
    { account: '3101', credit: amount, member: SITI },
  ];
  const whole = { book: 'UMUM', month: '2026-03', date: '2026-03-02', voucher, lines, ...posting };
  return { type: 'ledger.SimpananDeposited', data: { posting: whole }, metadata };
};

export const registered = (cooperative = PARE): Told => ({
  type: 'membership.CooperativeEntered',
  data: { cooperative },
  metadata: { cooperative } as Partial<Metadata>,
});

export const closed = (month: string, book = 'UMUM'): Told => ({
  type: 'ledger.PeriodClosed',
  data: { book, month },
});

export const membership = (type: 'MemberAdmitted' | 'MemberConfirmed', member = SITI): Told => ({
  type: `membership.${type}`,
  data: { member },
});

export const accountOpened = (member: string, since = '2026-03'): Told => ({
  type: 'ledger.MemberAccountOpened',
  data: { book: 'UMUM', member, since },
});

/** Without its journal, which has no say in it. */
export const duesPaid = (member: string, month: string): Told => ({
  type: 'ledger.SimpananDeposited',
  data: { member, month },
});

export const ended = (member = SITI): Told => ({
  type: 'membership.MembershipEnded',
  data: { member, wasMember: true, on: '2026-03-02' },
});

const timers: Timers = { sleep: async () => undefined };

/** A log that holds what it is told; `tell` adds to it. */
export const logOf = async (...told: Told[]) => {
  const store: EventStore = memoryEventStore({
    random: { bytes: (count) => Buffer.alloc(count) },
    clock: { now: () => TEST_METADATA.recordedAt, elapsed_ms: () => 0 },
  });
  let count = 0;
  const tell = async (...more: Told[]) => {
    for (const { type, data, metadata } of more) {
      const event = { type, version: 1, data, id: uuidOf('audit', 'event', count++) };
      const stream = 'test-stream';
      await store.append(
        stream,
        [{ ...event, metadata: { ...TEST_METADATA, ...metadata } }],
        'any',
      );
    }
  };
  await tell(...told);
  return { store, tell, reader: new LogReader(store, timers) };
};
