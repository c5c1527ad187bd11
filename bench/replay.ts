// Folding the whole log anew: every read document rebuilt beside its serving copy.
import { ProgressApi, SimpananApi } from '#lumbung/contracts';
import { clientFor } from '#lumbung/transport';
import { asked, concurrently, depositOf, openRegency, populate } from './regency.js';
import { report, seconds } from './report.js';

const ROUNDS = 30;

const { bus, close } = await openRegency();
const enrolled = await populate(bus, 64, 25);
const simpanan = clientFor(SimpananApi, bus);
const turns = Array.from({ length: ROUNDS }, () => enrolled).flat();
let last = '0';
await concurrently(turns, 256, async (who) => {
  ({ position: last } = await simpanan.deposit(depositOf(who)));
});
const progress = clientFor(ProgressApi, bus);
while (!(await progress.wait(asked({ position: last }))));
const names = await progress.rebuild(asked({}));
const took_s = await seconds(() => progress.rebuild(asked({})));
await close();

report('replay', [
  {
    name: `rebuild of ${names.length} projections from a log of ${turns.length} deposits`,
    value: turns.length / took_s,
    unit: 'deposits/s',
  },
]);
