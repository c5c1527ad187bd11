import type { BookName } from '#lumbung/contracts';
import {
  type CooperativeCode,
  type DomainEvent,
  date,
  type MemberId,
  month,
  uuidOf,
} from '#lumbung/kernel';
import { followingIn } from '#lumbung/kernel/testing';
import { MemberAccountOpened, SimpananPolicySet } from '../account/account.events.js';
import { PeriodClosed, UspOpened } from '../book/book.events.js';
import { bookStream } from '../book/book.stream.js';

export const COOPERATIVE = '35.06.17.1009' as CooperativeCode;
export const SITI = uuidOf('test', 'siti') as MemberId;
export const BUDI = uuidOf('test', 'budi') as MemberId;

/** From January 2026 on: pokok Rp100.000 at once, wajib Rp20.000 a month. */
export const policy = (changes: Record<string, unknown> = {}): DomainEvent =>
  SimpananPolicySet(
    SimpananPolicySet.schema.parse({
      from: '2026-01',
      pokok: 100_000,
      wajib: 20_000,
      pokokInParts: false,
      ...changes,
    }),
  );

export const opened = (book: BookName, member = SITI, since = '2026-01'): DomainEvent =>
  MemberAccountOpened({ book, member, since: month(since) });

export const licensed = UspOpened({ licence: '64142/USP/2026', licensedOn: date('2026-01-05') });

export const closed = PeriodClosed({ book: 'UMUM', month: month('2026-03') });

export const followedBy = followingIn(bookStream);
