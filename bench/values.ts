// What every command does several times: ids, hashes, days, and sealing a name.
import { measure } from 'mitata';
import { memoryVault, sees } from '#lumbung/identity';
import {
  businessDate,
  type Caller,
  canonicalJson,
  instant,
  rupiah,
  type Scope,
  split,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { report } from './report.js';

const vault = memoryVault(nodePlatform);
const person = await vault.personOf('3506990101900001');
const { name } = await vault.seal(person, { name: 'Sri Bench' });
const payload = {
  type: 'DepositSimpanan',
  data: { kind: 'WAJIB', amount: 20_000, date: '2026-01-31' },
};
const now = instant('2026-01-31T02:00:00.000Z');
const weights = Array.from({ length: 1_000 }, (_, index) => index + 1);

// Of somebody with three roles, of which the last is the one that lets him see it.
const caller: Caller = {
  ...{ user: 'bench' as UserName, role: 'mitra', correlationId: 'bench' },
  roles: ['mitra', 'petugas', 'kasir'].map((role) => ({ role, scope: '35.06' as Scope })),
};

const works: Record<string, () => unknown> = {
  'an id from its parts': () => uuidOf('ledger-35.06.17.1009.UMUM', 'command', 0),
  'the keyed hash of a command': () => vault.hash(canonicalJson(payload)),
  'the business date of a moment': () => businessDate(now, 'Asia/Jakarta'),
  'a split over 1,000 members': () => split(rupiah(100_000_000), weights),
  'whether somebody sees a name': () =>
    sees(caller, 'member.read', { scope: '35.06.17.1009' }, 'name'),
  'sealing a name': () => vault.seal(person, { name: 'Sri Bench' }),
  'opening a name': () => vault.open('name', name as never),
};

const measured = [];
for (const [work, run] of Object.entries(works)) {
  const { avg } = await measure(run);
  measured.push({ name: work, value: avg / 1_000, unit: 'µs' });
}
report('values', measured);
