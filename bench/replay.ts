// Folding the whole log anew: all events read and decoded, and every read document rebuilt.
import { AuditApi, ProgressApi, SimpananApi } from '#lumbung/contracts';
import { clientFor } from '#lumbung/transport';
import { asked, concurrently, depositOf, openRegency, populate } from './regency.js';
import { report, seconds } from './report.js';

const { bus, close } = await openRegency(process.argv[2]);
if (!process.argv[2]) {
  const enrolled = await populate(bus, 64, 25);
  const simpanan = clientFor(SimpananApi, bus);
  const turns = Array.from({ length: 60 }, () => enrolled).flat();
  await concurrently(turns, 256, (who) => simpanan.deposit(depositOf(who)));
}
const audit = clientFor(AuditApi, bus);
const progress = clientFor(ProgressApi, bus);
let events = 0;
const replay_s = await seconds(async () => {
  ({ events } = await audit.replay(asked({})));
});
const documents = await progress.rebuild(asked({}));
const rebuild_s = await seconds(() => progress.rebuild(asked({})));
await close();

report('replay', [
  { name: `replay to balances, ${events} events`, value: events / replay_s, unit: 'events/s' },
  {
    name: `rebuild of ${documents.length} projections beside the serving copies`,
    value: events / rebuild_s,
    unit: 'events/s',
  },
]);
