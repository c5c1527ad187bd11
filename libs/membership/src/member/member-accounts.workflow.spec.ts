import {
  AccountApi,
  CandidateAdmitted,
  ConfirmMember,
  MemberApi,
  OpenMemberAccount,
  PokokPaidUp,
} from '#lumbung/contracts';
import { date, month, send } from '#lumbung/kernel';
import { hearing } from '../testing/hearing.js';
import { PARE, SITI } from '../testing/samples.js';
import { memberAccounts } from './member-accounts.workflow.js';

const siti = { cooperative: PARE, member: SITI };

describe('a member’s accounts', () => {
  it('begin with one in the general book, from the month in which he joined', () => {
    const admitted = CandidateAdmitted({ ...siti, number: 1, joinedOn: date('2025-11-30') });
    const since = month('2025-11');
    expect(hearing(memberAccounts).hears(admitted)).toEqual({
      process: SITI,
      intents: [send(AccountApi, 'open', OpenMemberAccount, { ...siti, book: 'UMUM', since })],
    });
  });

  it('go on with one for savings when his pokok is paid, which makes him a member first', () => {
    const on = date('2026-03-02');
    const since = month('2026-03');
    expect(hearing(memberAccounts).hears(PokokPaidUp({ ...siti, on }))).toEqual({
      process: SITI,
      intents: [
        send(MemberApi, 'confirm', ConfirmMember, { ...siti, on }),
        send(AccountApi, 'open', OpenMemberAccount, { ...siti, book: 'USP', since }),
      ],
    });
  });
});
