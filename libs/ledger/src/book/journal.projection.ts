import type { BookName, SimpananKind } from '#lumbung/contracts';
import {
  type CooperativeCode,
  type DomainEvent,
  type Instant,
  type PlainDate,
  projection,
  whenPosted,
  yearOf,
} from '#lumbung/kernel';
import { type Line, type Posting, voucherNumber } from './posting.policy.js';

/** `sequence` is year and voucher: within a year the order of recording. */
export type JournalDocument = {
  cooperative: CooperativeCode;
  book: BookName;
  sequence: number;
  number: string;
  date: PlainDate;
  description: string;
  actor: string;
  recordedAt: Instant;
  lines: Line[];
};

const VOUCHERS_A_YEAR = 10_000_000;

const KIND: Record<SimpananKind, string> = {
  POKOK: 'simpanan pokok',
  WAJIB: 'simpanan wajib',
  SUKARELA: 'simpanan sukarela',
};

type Told = { kind?: SimpananKind; month?: string; description?: string };

/** The words beside a journal; an event of its own description brings it along. */
const DESCRIPTION: Record<string, (data: Told) => string> = {
  'ledger.SimpananDeposited': ({ kind, month }) =>
    `Setoran ${kind && KIND[kind]}${month ? ` bulan ${month}` : ''}`,
  'ledger.SimpananWithdrawn': ({ kind }) => `Penarikan ${kind && KIND[kind]}`,
  'ledger.OpeningSimpananEntered': () => 'Saldo awal simpanan anggota',
  'ledger.SimpananSettled': () => 'Penyelesaian simpanan anggota keluar',
  'ledger.OwedSimpananPaid': () => 'Pembayaran simpanan anggota keluar',
};

const descriptionOf = ({ type, data }: DomainEvent): string => {
  const told = data as Told;
  return told.description ?? DESCRIPTION[type]?.(told) ?? type;
};

export const journals = projection<JournalDocument>({
  name: 'journal',
  version: 1,
  indexes: { book: ['cooperative', 'book', 'sequence'] },
  initial: () => ({}) as JournalDocument,
  on: [
    whenPosted<JournalDocument, Posting>({
      keys: ({ data, metadata }) => [`${metadata.cooperative}/${voucherNumber(data.posting)}`],
      evolve: (_, event) => {
        const { posting } = event.data;
        return {
          cooperative: event.metadata.cooperative as CooperativeCode,
          book: posting.book,
          sequence: yearOf(posting.date) * VOUCHERS_A_YEAR + posting.voucher,
          number: voucherNumber(posting),
          date: posting.date,
          description: descriptionOf(event),
          actor: event.metadata.actor,
          recordedAt: event.metadata.recordedAt,
          lines: posting.lines,
        };
      },
    }),
  ],
});
