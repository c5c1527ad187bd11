import {
  add,
  type CooperativeCode,
  type MemberId,
  type PlainDate,
  type Recorded,
  type Rupiah,
  subtract,
  ZERO,
} from '#lumbung/kernel';
import { isUnreadable, type Posting, postingIn } from '../posting.js';
import { type Dues, duesAfter, NO_DUES } from './dues.js';

type Simpanan = { pokok: Rupiah; wajib: Rupiah; sukarela: Rupiah; owed: Rupiah };
type Standing = 'candidate' | 'member' | 'gone';

export type MemberFigures = Simpanan & {
  cooperative: CooperativeCode;
  standing: Standing | null;
  dues: Dues;
};

export type CooperativeFigures = Omit<Simpanan, 'owed'> & {
  isRegistered: boolean;
  hasUmum: boolean;
  lastEntryOn: PlainDate | null;
  memberCount: number;
  candidateCount: number;
};

const KIND: Readonly<Record<string, keyof Simpanan>> = {
  '3101': 'pokok',
  '3102': 'wajib',
  '2101': 'sukarela',
  '2146': 'owed',
};

const nothing = (): Simpanan => ({ pokok: ZERO, wajib: ZERO, sukarela: ZERO, owed: ZERO });

// Names and fields as they are stored: the declarations belong to other services.
const REGISTERED = 'membership.CooperativeEntered';
const STANDINGS: Readonly<Record<string, Standing>> = {
  'membership.MemberAdmitted': 'candidate',
  'membership.MemberConfirmed': 'member',
  'membership.MembershipEnded': 'gone',
};

/** Folds the log to what members and cooperatives should be shown to have. */
export class Figures {
  readonly members = new Map<MemberId, MemberFigures>();
  readonly cooperatives = new Map<CooperativeCode, CooperativeFigures>();

  readonly take = (event: Recorded, posting = postingIn(event)): void => {
    if (posting && !isUnreadable(posting)) this.post(posting);
    const { member, cooperative } = (event.data ?? {}) as {
      member?: MemberId;
      cooperative?: CooperativeCode;
    };
    if (event.type === REGISTERED) {
      this.cooperative(cooperative as CooperativeCode).isRegistered = true;
    }
    const standing = STANDINGS[event.type];
    if (standing && member) this.stand(event, member, standing);
    if (member) this.pay(event, member);
  };

  /** The sum of the cooperatives under a region's code, each as it stands now. */
  region(code: string): Omit<CooperativeFigures, 'isRegistered' | 'hasUmum' | 'lastEntryOn'> & {
    cooperativeCount: number;
    startedCount: number;
  } {
    const { owed: _, ...simpanan } = nothing();
    const total = {
      ...simpanan,
      memberCount: 0,
      candidateCount: 0,
      cooperativeCount: 0,
      startedCount: 0,
    };
    for (const [cooperative, figures] of this.cooperatives) {
      if (!cooperative.startsWith(`${code}.`)) continue;
      total.pokok = add(total.pokok, figures.pokok);
      total.wajib = add(total.wajib, figures.wajib);
      total.sukarela = add(total.sukarela, figures.sukarela);
      total.memberCount += figures.memberCount;
      total.candidateCount += figures.candidateCount;
      total.cooperativeCount += Number(figures.isRegistered);
      total.startedCount += Number(figures.hasUmum);
    }
    return total;
  }

  private post({ cooperative: code, book, date, lines }: Posting): void {
    const cooperative = this.cooperative(code);
    if (book === 'UMUM') cooperative.hasUmum = true;
    const { lastEntryOn } = cooperative;
    cooperative.lastEntryOn = lastEntryOn !== null && lastEntryOn > date ? lastEntryOn : date;
    for (const { account, member, debit = ZERO, credit = ZERO } of lines) {
      const kind = KIND[account];
      if (!kind) continue;
      const change = subtract(credit, debit);
      if (kind !== 'owed') cooperative[kind] = add(cooperative[kind], change);
      if (!member) continue;
      const figures = this.member(member, code);
      figures[kind] = add(figures[kind], change);
    }
  }

  private stand({ metadata }: Recorded, member: MemberId, standing: Standing): void {
    const code = metadata.cooperative as CooperativeCode;
    const cooperative = this.cooperative(code);
    const figures = this.member(member, code);
    const count = (of: Standing | null, by: number) => {
      if (of === 'candidate') cooperative.candidateCount += by;
      if (of === 'member') cooperative.memberCount += by;
    };
    count(figures.standing, -1);
    count(standing, 1);
    figures.standing = standing;
  }

  private pay(event: Recorded, id: MemberId): void {
    const known = this.members.get(id);
    const dues = known?.dues ?? NO_DUES;
    const after = duesAfter(event, dues);
    if (after === dues) return;
    this.member(id, event.metadata.cooperative as CooperativeCode).dues = after;
  }

  private member(id: MemberId, cooperative: CooperativeCode): MemberFigures {
    const known = this.members.get(id);
    if (known) return known;
    const fresh = { ...nothing(), cooperative, standing: null, dues: NO_DUES };
    this.members.set(id, fresh);
    return fresh;
  }

  private cooperative(code: CooperativeCode): CooperativeFigures {
    const known = this.cooperatives.get(code);
    if (known) return known;
    const { owed: _, ...simpanan } = nothing();
    const fresh = {
      ...simpanan,
      isRegistered: false,
      hasUmum: false,
      lastEntryOn: null,
      memberCount: 0,
      candidateCount: 0,
    };
    this.cooperatives.set(code, fresh);
    return fresh;
  }
}
