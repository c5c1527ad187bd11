import type { Cooperative } from '../cooperative/queries.js';
import { firstKind, hintFor, suggestedAmount } from './deposit-terms.js';

const policies = [{ from: '2026-01', pokok: 100_000, wajib: 10_000, pokokInParts: true }];
const joinedOn = '2026-10-05';
const calon = {
  status: 'CALON' as const,
  joinedOn,
  simpanan: { pokok: 40_000, unpaidMonths: ['2026-11'] },
};
const member = {
  status: 'ANGGOTA' as const,
  joinedOn,
  simpanan: { pokok: 100_000, unpaidMonths: [] },
};

const POKOK = { kind: 'POKOK', month: undefined } as const;

const cooperative = (uspOpen: boolean, simpananPolicies = policies): Cooperative => ({
  code: '35.06.17.1009',
  name: 'Koperasi Kelurahan Merah Putih Pare',
  village: 'Pare',
  district: { code: '35.06.17', name: 'Pare' },
  memberCount: 1,
  candidateCount: 1,
  simpananTotal: 140_000,
  lastEntryOn: null,
  started: true,
  simpananPolicies,
  books: [{ book: 'USP', journalCount: 0, closedThrough: null, uspOpen }],
});

describe('what a deposit is likely to be', () => {
  it('is the pokok of a candidate and the wajib of a member', () => {
    expect(firstKind(calon)).toBe('POKOK');
    expect(firstKind(member)).toBe('WAJIB');
  });

  it.each([
    ['the rest of the pokok', calon, 'POKOK', undefined, 60_000],
    ['nothing when the pokok is paid', member, 'POKOK', undefined, undefined],
    ['the wajib of the month', member, 'WAJIB', '2026-11', 10_000],
    ['nothing for a month before the policy', member, 'WAJIB', '2025-11', undefined],
    ['nothing without a month', member, 'WAJIB', undefined, undefined],
    ['what the member likes for sukarela', member, 'SUKARELA', undefined, undefined],
  ] as const)('amounts to %s', (_, payer, kind, month, amount) => {
    const payerCopy = { ...payer, simpanan: { ...payer.simpanan, unpaidMonths: [] } };
    expect(suggestedAmount(policies, payerCopy, { kind, month })).toBe(amount);
  });
});

describe('a pokok', () => {
  const dearer = { from: '2026-11', pokok: 250_000, wajib: 10_000, pokokInParts: true };
  const askedOf = (joined: string) =>
    suggestedAmount([...policies, dearer], { ...calon, joinedOn: joined }, POKOK);

  it('is that of the time at which somebody joined', () => {
    expect(askedOf('2026-10-31')).toBe(60_000);
    expect(askedOf('2026-11-01')).toBe(210_000);
  });

  it('is the first ever of whoever joined before it was set', () => {
    expect(askedOf('2019-05-01')).toBe(60_000);
  });
});

describe('the hint under the kind', () => {
  it('says why a sukarela will be refused', () => {
    expect(hintFor('SUKARELA', member, cooperative(false))).toMatch(/belum dibuka/);
    expect(hintFor('SUKARELA', calon, cooperative(true))).toMatch(/Calon/);
    expect(hintFor('SUKARELA', member, cooperative(true))).toBe('');
  });

  it('says how much of the pokok is paid, or that it has not been set', () => {
    expect(hintFor('POKOK', calon, cooperative(true))).toBe('Sudah dibayar Rp40.000.');
    expect(hintFor('POKOK', calon, cooperative(true, []))).toMatch(/belum ditetapkan/);
  });
});
