// Folding the whole log: for an audit, and into every read document beside the serving copy.
import { AuditApi, ProgressApi, SimpananApi } from '#lumbung/contracts';
import { type Bus, clientFor, followed } from '#lumbung/transport';
import { asked, concurrently, depositOf, openRegency, populate } from './regency.js';
import { givenFolder, report, seconds } from './report.js';

const ROUNDS = 30;

const { bus, close } = await openRegency(givenFolder);
const progress = clientFor(ProgressApi, bus);

const fill = async (into: Bus) => {
  const enrolled = await populate(into, 64, 25);
  const simpanan = clientFor(SimpananApi, into);
  const turns = Array.from({ length: ROUNDS }, () => enrolled).flat();
  await concurrently(turns, 256, (who) => simpanan.deposit(depositOf(who)));
  await followed(into, asked({}).caller);
};
if (!givenFolder) await fill(bus);

const audit = clientFor(AuditApi, bus);
const { events } = await audit.replay(asked({}));
const replayed_s = await seconds(() => audit.replay(asked({})));
const rebuilt = await progress.rebuild(asked({}));
const rebuilt_s = await seconds(() => progress.rebuild(asked({})));
const rebuild = `rebuild of ${rebuilt.length} projections from ${events} events`;
const documents = rebuilt.reduce((sum, { written }) => sum + written, 0);
await close();

report('replay', [
  {
    name: `replay of ${events} events to the balances of all books`,
    value: events / replayed_s,
    unit: 'events/s',
  },
  {
    name: rebuild,
    value: events / rebuilt_s,
    unit: 'events/s',
  },
  { name: `${rebuild}: documents written`, value: documents / rebuilt_s, unit: 'documents/s' },
]);
