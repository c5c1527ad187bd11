import {
  type Ask,
  type CooperativeCode,
  face,
  Instant,
  PlainDate,
  query,
  type Rupiah,
  VillageCode,
} from '#lumbung/kernel';

/** `asOf` asks by the date of journals, `asKnown` by when they were recorded; both may be given. */
export const Replay = query({
  cooperative: VillageCode.optional(),
  asOf: PlainDate.optional(),
  asKnown: Instant.optional(),
});
export const Verify = query({});
export const AskStatus = query({});

/** One book's accounts as they stood, debit less credit, in rupiah. */
export type ReplayedBook = {
  cooperative: CooperativeCode;
  book: string;
  journals: number;
  balances: { account: string; balance: Rupiah }[];
};

export type Replayed = { events: number; journals: number; books: ReplayedBook[] };

/** What does not agree: a journal with itself, or something shown with the log. */
export type Finding = { code: string; subject: string; expected: string; found: string };

export type Verified = {
  events: number;
  journals: number;
  /** Balances and totals that were compared with what is shown. */
  compared: number;
  findings: Finding[];
};

/** How far the fold that runs now has come; positions are decimal text. */
export type AuditStatus = { events: number; position: string | null; head: string | null };

/** Recomputes figures from the log by a fold of its own, apart from those of the services. */
export abstract class AuditApi {
  static readonly face = face<AuditApi>('audit.log', {
    replay: Replay,
    verify: Verify,
    status: AskStatus,
  });

  abstract replay(ask: Ask<typeof Replay>): Promise<Replayed>;
  abstract verify(ask: Ask<typeof Verify>): Promise<Verified>;
  abstract status(ask: Ask<typeof AskStatus>): Promise<AuditStatus>;
}
