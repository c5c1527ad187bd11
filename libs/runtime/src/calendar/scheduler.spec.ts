import { DayBegan } from '#lumbung/contracts';
import type { EventStore } from '#lumbung/event-store';
import { DAY_MS, dataOf, instant, type Recorded } from '#lumbung/kernel';
import { Commands } from '../commands/commands.js';
import { emptyLog } from '../testing/coin-log.js';
import { DEPLOYMENT, testSealing } from '../testing/jar.js';
import { settled, virtualPlatform } from '../testing/platform.js';
import { failing } from '../testing/stores.js';
import { Scheduler } from './scheduler.js';

const calendarOf = async (log: EventStore, regency = '35.06'): Promise<Recorded[]> => {
  const all: Recorded[] = [];
  for await (const events of log.readStream(`calendar-${regency}`)) all.push(...events);
  return all;
};

const datesIn = async (log: EventStore) =>
  dataOf(DayBegan, await calendarOf(log)).map(({ date }) => date);

const schedule = ({
  log = emptyLog(),
  machine = virtualPlatform(),
  deployment = DEPLOYMENT,
} = {}) => {
  const commands = new Commands(log, testSealing, machine.platform, deployment);
  const failures: unknown[] = [];
  const scheduler = new Scheduler(commands, machine.platform);
  const start = () => scheduler.start((error) => failures.push(error));
  return { log, machine, scheduler, start, failures };
};

describe('a day', () => {
  it('begins when the process starts, and the first is the one it is', async () => {
    const { log, scheduler, start } = schedule();
    await start();
    await scheduler.stop();
    const [first, ...others] = await calendarOf(log);
    expect(others).toEqual([]);
    expect(first?.data).toEqual({ regency: '35.06', date: '2026-03-02' });
    expect(first?.metadata).toMatchObject({ actor: 'system:calendar', role: 'system' });
  });

  it('begins once, however often it is asked and whoever asks', async () => {
    const { log, machine, scheduler } = schedule();
    const first = await scheduler.beginDays();
    expect(first?.events).toHaveLength(1);
    expect(await scheduler.beginDays()).toBeUndefined();
    const another = schedule({ log, machine });
    await Promise.all([another.scheduler.beginDays(), another.scheduler.beginDays()]);
    machine.advance(3_600_000);
    await schedule({ log, machine }).scheduler.beginDays();
    expect(await datesIn(log)).toEqual(['2026-03-02']);
  });

  it('begins at midnight while the process runs', async () => {
    // 23.59.45 in Kediri.
    const machine = virtualPlatform(instant('2026-03-02T16:59:45.000Z'));
    const { log, scheduler, start } = schedule({ machine });
    await start();
    machine.advance(14_999);
    await settled();
    expect(await datesIn(log)).toEqual(['2026-03-02']);
    machine.advance(15_001);
    await settled();
    expect(await datesIn(log)).toEqual(['2026-03-02', '2026-03-03']);
    await scheduler.stop();
  });

  it('that a sleeping laptop missed begins when it wakes, each in its turn', async () => {
    const { log, machine, scheduler, start } = schedule();
    await start();
    machine.set(instant('2026-03-06T01:00:00.000Z'));
    await settled();
    expect(await datesIn(log)).toEqual(['2026-03-02']);
    machine.advance(30_000);
    await settled();
    await scheduler.stop();
    const march = ['02', '03', '04', '05', '06'].map((day) => `2026-03-${day}`);
    expect(await datesIn(log)).toEqual(march);
  });

  it('that was missed while nothing ran begins at the next start', async () => {
    const { log, machine, scheduler, start } = schedule();
    await start();
    await scheduler.stop();
    machine.advance(400 * DAY_MS);
    const next = schedule({ log, machine });
    await next.start();
    await next.scheduler.stop();
    const dates = await datesIn(log);
    expect(dates).toHaveLength(401);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(dates.at(-1)).toBe('2027-04-06');
  });

  it('does not begin again when the clock is put back, by as much as it likes', async () => {
    const { log, machine, scheduler, start, failures } = schedule();
    await start();
    machine.advance(DAY_MS);
    await settled();
    for (const back_ms of [DAY_MS, 400 * DAY_MS]) {
      machine.advance(-back_ms);
      await scheduler.beginDays();
      machine.advance(back_ms);
    }
    await scheduler.stop();
    expect(failures).toEqual([]);
    expect(await datesIn(log)).toEqual(['2026-03-02', '2026-03-03']);
  });

  it('does not begin again for a new process when the clock steps back', async () => {
    const machine = virtualPlatform(instant('2026-03-02T17:02:00.000Z'));
    const { log, scheduler } = schedule({ machine });
    await scheduler.beginDays();
    machine.advance(-5 * 60_000);
    await schedule({ log, machine }).scheduler.beginDays();
    expect(await datesIn(log)).toEqual(['2026-03-03']);
  });

  it.each([
    ['Asia/Jakarta', '2026-03-02'],
    ['Asia/Makassar', '2026-03-02'],
    ['Asia/Jayapura', '2026-03-03'],
  ])('is the one of the zone of the regency: %s', async (zone, date) => {
    const machine = virtualPlatform(instant('2026-03-02T15:30:00.000Z'));
    const { log, scheduler } = schedule({ machine, deployment: { ...DEPLOYMENT, zone } });
    await scheduler.beginDays();
    expect(await datesIn(log)).toEqual([date]);
  });

  it('that cannot be recorded is told, and begins at the next start', async () => {
    const { store, plan } = failing(emptyLog());
    const { log, machine, scheduler, start, failures } = schedule({ log: store });
    await start();
    plan.push('before');
    machine.advance(DAY_MS);
    await settled();
    expect(failures).toMatchObject([{ name: 'Unavailable', code: 'STORE_UNAVAILABLE' }]);
    await scheduler.stop();
    await schedule({ log, machine }).scheduler.beginDays();
    expect(await datesIn(log)).toEqual(['2026-03-02', '2026-03-03']);
  });

  it('no longer begins when the process has stopped', async () => {
    const { log, machine, scheduler, start } = schedule();
    await start();
    await scheduler.stop();
    machine.advance(DAY_MS);
    await settled();
    expect(await datesIn(log)).toEqual(['2026-03-02']);
  });
});
