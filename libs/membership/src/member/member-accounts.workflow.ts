import {
  AccountApi,
  CandidateAdmitted,
  ConfirmMember,
  MemberApi,
  OpenMemberAccount,
  PokokPaidUp,
} from '#lumbung/contracts';
import { instant, monthOf, reacts, send, type Workflow } from '#lumbung/kernel';

/**
 * A candidate gets his account in the general book at once; when his pokok is paid he becomes a
 * member, and gets one for savings.
 */
export const memberAccounts: Workflow<null> = {
  name: 'member-accounts',
  since: instant('2025-01-01T00:00:00.000Z'),
  initial: null,
  on: [
    reacts(CandidateAdmitted, {
      process: ({ data }) => data.member,
      decide: (_, { data: { cooperative, member, joinedOn } }) => {
        const since = monthOf(joinedOn);
        return [
          send(AccountApi, 'open', OpenMemberAccount, { cooperative, book: 'UMUM', member, since }),
        ];
      },
    }),
    reacts(PokokPaidUp, {
      process: ({ data }) => data.member,
      decide: (_, { data: { cooperative, member, on } }) => {
        const since = monthOf(on);
        return [
          send(MemberApi, 'confirm', ConfirmMember, { cooperative, member, on }),
          send(AccountApi, 'open', OpenMemberAccount, { cooperative, book: 'USP', member, since }),
        ];
      },
    }),
  ],
};
