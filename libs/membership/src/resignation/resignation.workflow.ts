import {
  DayBegan,
  EndMembership,
  MemberApi,
  MemberSettled,
  ResignationAccepted,
  SettleMember,
  SettlementApi,
} from '#lumbung/contracts';
import {
  addMonths,
  type CooperativeCode,
  type DeepReadonly,
  firstDayOf,
  type Intent,
  instant,
  type MemberId,
  monthOf,
  type PlainDate,
  reacts,
  regencyOf,
  send,
  type Workflow,
  ZERO,
} from '#lumbung/kernel';

type Settlement = (typeof SettleMember)['schema']['_output'];
type Leaving = { cooperative: CooperativeCode; member: MemberId; effectiveOn: PlainDate };

/** `today` is the day on which the last input was recorded; `pending` waits for its own. */
type Resignations = { today: PlainDate | null; pending: Leaving[] };

const settle = (data: Settlement): Intent => send(SettlementApi, 'settle', SettleMember, data);

const end = (data: (typeof EndMembership)['schema']['_output']): Intent =>
  send(MemberApi, 'end', EndMembership, data);

const settleUsp = ({ cooperative, member, effectiveOn }: DeepReadonly<Leaving>): Intent =>
  settle({ cooperative, book: 'USP', member, fromUsp: ZERO, date: effectiveOn });

/**
 * On the day a resignation takes effect, the savings book is settled, then the general book with
 * what came from there, and then the membership ends. One process per regency, so that a day that
 * begins meets all who wait for it.
 */
export const resignation: Workflow<Resignations> = {
  name: 'resignation',
  since: instant('2025-01-01T00:00:00.000Z'),
  initial: { today: null, pending: [] },
  on: [
    reacts(ResignationAccepted, {
      process: ({ data }) => regencyOf(data.cooperative),
      decide: (_, { data, metadata }) =>
        data.effectiveOn <= metadata.businessDate ? [settleUsp(data)] : [],
      evolve: (state, { data, metadata }) => {
        state.today = metadata.businessDate;
        if (data.effectiveOn > metadata.businessDate) state.pending.push(data);
      },
    }),
    reacts(DayBegan, {
      process: ({ data }) => data.regency,
      decide: ({ pending }, { data: { date } }) =>
        pending.filter(({ effectiveOn }) => effectiveOn <= date).map(settleUsp),
      evolve: (state, { data: { date }, metadata }) => {
        // A missed day begins late, and what is too late for its month goes to the present one.
        state.today = metadata.businessDate;
        state.pending = state.pending.filter(({ effectiveOn }) => effectiveOn > date);
      },
    }),
    reacts(MemberSettled, {
      process: ({ data }) => regencyOf(data.cooperative),
      decide: (_, { data: { cooperative, book, member, amount, date } }) =>
        book === 'USP'
          ? [settle({ cooperative, book: 'UMUM', member, fromUsp: amount, date })]
          : [end({ cooperative, member, on: date })],
    }),
  ],
  answered: ({ today }, { command }, outcome) => {
    if (outcome.accepted || command.type !== SettleMember.type) return [];
    if (outcome.code !== 'MONTH_CLOSED') return [];
    const settlement = command.data as Settlement;
    // The month he left in is closed by now: a correction goes to the open month. Where even the
    // present day as it was last heard lies in a closed month, the next month is open, or over.
    const next = firstDayOf(addMonths(monthOf(settlement.date), 1));
    const isLate = today !== null && settlement.date < today;
    return [settle({ ...settlement, date: isLate ? today : next })];
  },
};
