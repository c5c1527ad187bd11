import { DAY_MS, instant, later } from '#lumbung/kernel';
import { Commands } from '../commands/commands.js';
import { emptyLog } from '../testing/coin-log.js';
import { DEPLOYMENT, jars, Put, testSealing } from '../testing/jar.js';
import { MORNING, virtualPlatform } from '../testing/platform.js';
import { clockBehind, ensureClock } from './clock.js';
import { Scheduler } from './scheduler.js';

const MINUTE_MS = 60_000;
const BEHIND = { name: 'Unavailable', code: 'CLOCK_BEHIND_LOG' };

describe('a clock', () => {
  it('may step back by 10 minutes, and no more', () => {
    const last = later(MORNING, 10 * MINUTE_MS);
    expect(clockBehind(MORNING, last, DEPLOYMENT.zone)).toBeUndefined();
    expect(clockBehind(MORNING, later(last, 1), DEPLOYMENT.zone)).toMatchObject(BEHIND);
  });

  it('that lies behind is told with both times, in the zone of the regency', () => {
    const behind = clockBehind(instant('2026-03-01T20:05:00.000Z'), MORNING, 'Asia/Jayapura');
    expect(behind?.sentence).toMatch(
      /^Jam komputer ini menunjukkan 2 Maret 2026.* 05\.05, sebelum .* 2 Maret 2026.* 11\.00\./,
    );
  });
});

describe('a log', () => {
  const keptUntil = async () => {
    const machine = virtualPlatform();
    const log = emptyLog();
    const commands = new Commands(log, testSealing, machine.platform, DEPLOYMENT);
    const { send } = jars({ store: log, machine });
    const beginDays = () => new Scheduler(commands, machine.platform).beginDays();
    const ensured = () => ensureClock(log, machine.platform, DEPLOYMENT);
    return { machine, send, beginDays, ensured };
  };

  it('that is empty, or has slept for long, suits any clock', async () => {
    const { machine, send, beginDays, ensured } = await keptUntil();
    await ensured();
    await send(Put, { coins: 1 });
    await beginDays();
    machine.advance(400 * DAY_MS);
    await ensured();
  });

  it('bears a small step back, and refuses a clock before its end', async () => {
    const { machine, send, ensured } = await keptUntil();
    await send(Put, { coins: 1 });
    machine.advance(-10 * MINUTE_MS);
    await ensured();
    machine.advance(-1);
    await expect(ensured()).rejects.toMatchObject(BEHIND);
  });

  it('refuses a clock before a day that has begun, though the end is right', async () => {
    const { machine, send, beginDays, ensured } = await keptUntil();
    machine.advance(400 * DAY_MS);
    await beginDays();
    machine.advance(-400 * DAY_MS);
    await send(Put, { coins: 1 });
    await expect(ensured()).rejects.toMatchObject(BEHIND);
  });
});
