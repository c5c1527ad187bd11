import {
  AdmitMember,
  type BookName,
  EnterOpeningSimpanan,
  MemberApi,
  SettlementApi,
} from '#lumbung/contracts';
import {
  add,
  type Caller,
  type CommandDeclaration,
  type CommandId,
  type CooperativeCode,
  type Instant,
  type MemberId,
  Rejection,
  uuidOf,
  ZERO,
} from '#lumbung/kernel';
import { type Bus, clientFor, followed } from '#lumbung/transport';
import type { Remark } from './report.js';
import type { Candidate, Terms } from './rules.js';

export type Enrolling = {
  bus: Bus;
  caller: Caller;
  now: () => Instant;
  terms: Terms;
  /** Names the file, so that the same line gives the same command ids on any run. */
  hash: string;
};

type File = { cooperative: CooperativeCode; hash: string };

/**
 * The id of one step of one line, in one cooperative: what is done once for a file is done once
 * for good. An opening names its date too, since another date is another entry.
 */
export const stepId = ({ cooperative, hash }: File, line: number, step: string): CommandId =>
  uuidOf('import', cooperative, hash, line, step) as CommandId;

/** The id that a line's member has, in whichever run he is admitted. */
export const memberIdOf = (file: File, line: number): MemberId =>
  uuidOf(stepId(file, line, 'admit'), 'member') as MemberId;

// What an earlier run has done, under a date or an id that is no longer remembered.
const DONE_BEFORE = 'OPENING_ALREADY_ENTERED';

const sent = <T extends string, D>(
  { caller, now, hash, terms: { cooperative } }: Enrolling,
  { type }: CommandDeclaration<T, D>,
  [line, step]: [number, string],
  data: D,
) => {
  const id = stepId({ cooperative, hash }, line, step);
  return { command: { type, data, id, issuedAt: now() }, caller };
};

const admit = (enrolling: Enrolling, { line, member }: Candidate) => {
  const { opening: _, ...details } = member;
  const data = { cooperative: enrolling.terms.cooperative, ...details };
  const call = sent(enrolling, AdmitMember, [line, 'admit'], data as never);
  return clientFor(MemberApi, enrolling.bus).admit(call);
};

const enterOpening = (enrolling: Enrolling, { line, member, id }: Candidate, book: BookName) => {
  const { cooperative, cutOver: date } = enrolling.terms;
  const { pokok, wajib, sukarela } = member.opening;
  const amounts =
    book === 'UMUM' ? { pokok, wajib, sukarela: ZERO } : { pokok: ZERO, wajib: ZERO, sukarela };
  const data = { cooperative, book, member: id, ...amounts, date };
  const call = sent(enrolling, EnterOpeningSimpanan, [line, `${book} ${date}`], data);
  return clientFor(SettlementApi, enrolling.bus).enterOpening(call);
};

/**
 * Rejects NOT_PERMITTED for a caller who may not enter openings, before anything is written: an
 * opening of nobody is refused anyway, but first for that.
 */
export const mustMayEnterOpenings = async (enrolling: Enrolling): Promise<void> => {
  const { cooperative, cutOver: date } = enrolling.terms;
  const member = uuidOf('nobody') as MemberId;
  const data = {
    cooperative,
    book: 'UMUM',
    member,
    pokok: ZERO,
    wajib: ZERO,
    sukarela: ZERO,
    date,
  };
  const call = sent(enrolling, EnterOpeningSimpanan, [0, 'permission'], data as never);
  try {
    await clientFor(SettlementApi, enrolling.bus).enterOpening(call);
  } catch (error) {
    if (!(error instanceof Rejection) || error.code === 'NOT_PERMITTED') throw error;
  }
};

const remarkOf = (line: number, { code, sentence }: Rejection): Remark => ({
  line,
  field: 'baris',
  code,
  sentence,
  severity: 'error',
});

/** Runs a step of a line; nothing when it is done, a remark when the platform refused it. */
const attempt = async (line: number, step: () => Promise<unknown>): Promise<Remark | undefined> => {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    if (error.code !== DONE_BEFORE) return remarkOf(line, error);
  }
};

type Opened = { book: BookName; has: (candidate: Candidate) => boolean };

/** Whether there is something to enter for him. */
export const holdsSomething = ({ member: { opening } }: Candidate): boolean =>
  add(opening.pokok, opening.wajib, opening.sukarela) > 0;

const OPENINGS: readonly Opened[] = [
  { book: 'UMUM', has: ({ member: { opening } }) => add(opening.pokok, opening.wajib) > 0 },
  { book: 'USP', has: ({ member: { opening } }) => opening.sukarela > 0 },
];

const linesOf = (remarks: readonly Remark[]) => new Set(remarks.map(({ line }) => line));

const admitAll = async (enrolling: Enrolling, candidates: readonly Candidate[]) => {
  const refused: Remark[] = [];
  for (const candidate of candidates) {
    if (candidate.status) continue;
    const remark = await attempt(candidate.line, () => admit(enrolling, candidate));
    if (remark) refused.push(remark);
  }
  return refused;
};

/** `turnedAway` are lines of which nothing was recorded. */
export type Enrolled = { refused: Remark[]; turnedAway: ReadonlySet<number> };

/**
 * Enrols some lines: each is admitted in its turn, so that numbers follow the file, and then his
 * opening simpanan are entered, unless he has left since an earlier run.
 */
export const enrol = async (
  enrolling: Enrolling,
  candidates: readonly Candidate[],
): Promise<Enrolled> => {
  const refused = await admitAll(enrolling, candidates);
  const turnedAway = linesOf(refused);
  for (const { book, has } of OPENINGS) {
    const lines = linesOf(refused);
    const due = candidates.filter(
      (candidate) => has(candidate) && candidate.status !== 'KELUAR' && !lines.has(candidate.line),
    );
    if (due.length === 0) continue;
    // The account that an opening is entered in is opened by a workflow.
    await followed(enrolling.bus, enrolling.caller);
    const remarks = await Promise.all(
      due.map((candidate) =>
        attempt(candidate.line, () => enterOpening(enrolling, candidate, book)),
      ),
    );
    refused.push(...remarks.filter((remark) => remark !== undefined));
  }
  return { refused, turnedAway };
};
