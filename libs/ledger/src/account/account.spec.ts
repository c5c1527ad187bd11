import {
  DepositSimpanan,
  EnterOpeningSimpanan,
  OpenMemberAccount,
  SetSimpananPolicy,
  SettleMember,
} from '#lumbung/contracts';
import { given } from '#lumbung/kernel/testing';
import { bookStream } from '../book/book.stream.js';
import { COOPERATIVE, followedBy, opened, policy, SITI } from '../testing/samples.js';

const terms = { pokok: 100_000, wajib: 20_000, pokokInParts: false };
const setPolicy = { cooperative: COOPERATIVE, from: '2026-01', ...terms };
const wajib = {
  cooperative: COOPERATIVE,
  member: SITI,
  kind: 'WAJIB',
  amount: 20_000,
  month: '2026-01',
  date: '2026-03-02',
  channel: 'KAS',
};
const umum = [policy(), opened('UMUM')];
const used = followedBy(umum, DepositSimpanan, wajib);

describe('the simpanan policy', () => {
  it('holds from a month on', () => {
    given(bookStream)
      .when(SetSimpananPolicy, setPolicy)
      .yields(policy({ from: '2026-01' }));
  });

  it('may be mended until something was collected under it', () => {
    given(bookStream, ...umum)
      .when(SetSimpananPolicy, { ...setPolicy, wajib: 25_000 })
      .yields(policy({ wajib: 25_000 }));
  });

  it('is not changed for months in which something may have been collected', () => {
    for (const from of ['2026-01', '2026-03']) {
      given(bookStream, ...used)
        .when(SetSimpananPolicy, { ...setPolicy, from })
        .rejects('TERMS_ALREADY_IN_USE');
    }
    given(bookStream, ...used)
      .when(SetSimpananPolicy, { ...setPolicy, from: '2026-04' })
      .yields(policy({ from: '2026-04' }));
  });

  it('is in use as well where an opening was entered', () => {
    const opening = { cooperative: COOPERATIVE, book: 'UMUM', member: SITI, date: '2026-02-28' };
    const amounts = { pokok: 0, wajib: 480_000, sukarela: 0 };
    given(bookStream, ...followedBy(umum, EnterOpeningSimpanan, { ...opening, ...amounts }))
      .when(SetSimpananPolicy, setPolicy)
      .rejects('TERMS_ALREADY_IN_USE');
  });

  it('may be without a wajib, but not without a pokok', () => {
    given(bookStream)
      .when(SetSimpananPolicy, { ...setPolicy, wajib: 0 })
      .yields(policy({ wajib: 0 }));
    for (const amounts of [{ pokok: 0 }, { pokok: -1 }, { wajib: -1 }]) {
      given(bookStream)
        .when(SetSimpananPolicy, { ...setPolicy, ...amounts })
        .rejects('AMOUNT_NOT_POSITIVE');
    }
  });

  it('of the month that is paid counts, not of the day on which it is paid', () => {
    const dearer = [...umum, policy({ from: '2026-04', wajib: 25_000 })];
    const april = { ...wajib, month: '2026-04' };
    given(bookStream, ...dearer)
      .when(DepositSimpanan, april)
      .rejects('AMOUNT_IS_NOT_THE_MONTHLY_DUE', { due: 25_000 });
    const paid = followedBy(dearer, DepositSimpanan, { ...april, amount: 25_000 });
    expect(paid).toHaveLength(dearer.length + 1);
  });

  it('says nothing of a month before it', () => {
    given(bookStream, policy({ from: '2026-02' }), opened('UMUM'))
      .when(DepositSimpanan, wajib)
      .rejects('TERMS_NOT_SET');
  });
});

describe('a member’s account', () => {
  const open = { cooperative: COOPERATIVE, book: 'UMUM', member: SITI, since: '2026-01' };

  it('is opened once, however often it is asked for', () => {
    given(bookStream).when(OpenMemberAccount, open).yields(opened('UMUM'));
    given(bookStream, ...umum)
      .when(OpenMemberAccount, { ...open, since: '2026-03' })
      .yields();
  });

  it('takes nothing from somebody who left', () => {
    const leaving = { cooperative: COOPERATIVE, book: 'UMUM', member: SITI, fromUsp: 0 };
    const settled = { ...leaving, date: '2026-03-02' };
    given(bookStream, ...followedBy(used, SettleMember, settled))
      .when(DepositSimpanan, { ...wajib, month: '2026-02' })
      .rejects('MEMBER_LEAVING');
  });
});
