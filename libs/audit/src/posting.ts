import {
  type CooperativeCode,
  MemberId,
  Month,
  PlainDate,
  type Recorded,
  Rupiah,
  VillageCode,
  yearOf,
  z,
} from '#lumbung/kernel';

const Line = z.object({
  account: z.string(),
  debit: Rupiah.optional(),
  credit: Rupiah.optional(),
  member: MemberId.optional(),
});

// Declared here once more, so that a slip in the ledger's own declaration is not repeated.
const Posting = z.object({
  book: z.string().min(1),
  month: Month,
  date: PlainDate,
  voucher: z.int().min(1),
  lines: z.array(Line),
});

/** A journal as an event carries it, and whose it is; amounts in rupiah. */
export type Posting = z.infer<typeof Posting> & { cooperative: CooperativeCode };

/** What stands where a journal should, and the field that is wrong: `lines.0.debit: reason`. */
export type Unreadable = { unreadable: string };

const firstIssue = ({ issues: [issue] }: z.ZodError) =>
  issue ? `${issue.path.join('.')}: ${issue.message}` : 'posting';

/** The journal that an event carries; undefined for an event without one. */
export const postingIn = ({ data, metadata }: Recorded): Posting | Unreadable | undefined => {
  const { posting } = (data ?? {}) as { posting?: unknown };
  if (posting === undefined) return;
  const read = Posting.safeParse(posting);
  if (!read.success) return { unreadable: firstIssue(read.error) };
  const cooperative = VillageCode.safeParse(metadata.cooperative);
  if (!cooperative.success) return { unreadable: 'cooperative' };
  return { ...read.data, cooperative: cooperative.data };
};

export const isUnreadable = (posting: Posting | Unreadable): posting is Unreadable =>
  'unreadable' in posting;

/** `35.06.17.1009 UMUM`. */
export const bookOf = ({ cooperative, book }: { cooperative: string; book: string }): string =>
  `${cooperative} ${book}`;

/** `35.06.17.1009 UMUM/2026/00012`. */
export const nameOf = (posting: Posting): string =>
  `${bookOf(posting)}/${yearOf(posting.date)}/${String(posting.voucher).padStart(5, '0')}`;
