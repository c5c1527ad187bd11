import { MemberSettled, PokokPaidUp, SimpananChanged } from '#lumbung/contracts';
import {
  add,
  type CooperativeCode,
  type MemberId,
  type Metadata,
  postingToPublic,
  subtract,
  toPublic,
  ZERO,
} from '#lumbung/kernel';
import type { Posting } from '../book/posting.policy.js';
import { OpeningSimpananEntered, SimpananSettled } from '../settlement/settlement.events.js';
import { SimpananDeposited } from '../simpanan/simpanan.events.js';
import { SUB_LEDGER } from './account.decider.js';

const cooperativeOf = ({ cooperative }: Metadata) => cooperative as CooperativeCode;

/** What a journal changed in each kind of simpanan. */
export const changesOf = ({ lines }: Pick<Posting, 'lines'>) => {
  const changes = { pokok: ZERO, wajib: ZERO, sukarela: ZERO, owed: ZERO };
  for (const { account, debit = ZERO, credit = ZERO } of lines) {
    const kind = SUB_LEDGER[account];
    if (kind) changes[kind] = subtract(add(changes[kind], credit), debit);
  }
  return changes;
};

const paidUp = (
  { member, paidUp, posting }: { member: MemberId; paidUp?: true; posting: Posting },
  metadata: Metadata,
) =>
  paidUp && {
    cooperative: cooperativeOf(metadata),
    member,
    on: posting.date,
  };

export const accountPublic = [
  postingToPublic(SimpananChanged, (posting: Posting, { metadata }) => {
    const { pokok, wajib, sukarela } = changesOf(posting);
    if (!pokok && !wajib && !sukarela) return undefined;
    return { cooperative: cooperativeOf(metadata), pokok, wajib, sukarela, date: posting.date };
  }),
  toPublic(SimpananDeposited, PokokPaidUp, ({ data, metadata }) => paidUp(data, metadata)),
  toPublic(OpeningSimpananEntered, PokokPaidUp, ({ data, metadata }) => paidUp(data, metadata)),
  toPublic(SimpananSettled, MemberSettled, ({ data, metadata }) => ({
    cooperative: cooperativeOf(metadata),
    book: data.book,
    member: data.member,
    amount: data.amount,
    date: data.date,
  })),
];
