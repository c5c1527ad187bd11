// A process that is watched as it is told to: deposits.ts. Measures whenever it is asked to.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SimpananApi } from '#lumbung/contracts';
import { telemetrySettingsFrom } from '#lumbung/hosting';
import { clientFor, followed } from '#lumbung/transport';
import { concurrently, depositOf, type Enrolled, openRegency, populate } from '../regency.js';
import { seconds } from '../report.js';

const WRITERS = 64;
const DEPOSITS = 10_000;

// Longer than spans are kept before they are sent.
const QUIET_MS = 1_500;

const { bus, close } = await openRegency(undefined, telemetrySettingsFrom(process.env));
const enrolled = await populate(bus, WRITERS, 4);

/** A request of its own each, as they come from a gateway: its trace is kept or not. */
const requestOf = (who: Enrolled) => {
  const { command, caller } = depositOf(who);
  return { command, caller: { ...caller, correlationId: randomUUID() } };
};

const perSecond = async (): Promise<number> => {
  const simpanan = clientFor(SimpananApi, bus);
  const turns = Array.from({ length: DEPOSITS }, (_, n) => enrolled[n % enrolled.length]);
  const took_s = await seconds(() =>
    concurrently(turns, WRITERS, (who) => simpanan.deposit(requestOf(who as Enrolled))),
  );
  await followed(bus, depositOf(enrolled[0] as Enrolled).caller);
  await setTimeout(QUIET_MS);
  return DEPOSITS / took_s;
};

process.on('message', async () => process.send?.(await perSecond()));
process.once('disconnect', close);
