import 'reflect-metadata';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogEventStore } from '#lumbung/event-store/log';
import { DAY_MS, uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { nodePlatform, virtualClock } from '#lumbung/runtime';
import { openEmbedded } from './embedded.js';

const OPEN_FILES = '/proc/self/fd';

/** What this process has open in a folder, where the machine tells. */
const openIn = async (folder: string): Promise<string[]> => {
  if (platform() !== 'linux') return [];
  const names = await readdir(OPEN_FILES);
  const paths = names.map((name) => readlink(join(OPEN_FILES, name)).catch(() => ''));
  return (await Promise.all(paths)).filter((path) => path.startsWith(folder));
};

type Time = { at_ms?: number; keepsTime?: boolean };

describe('a data folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-embedded-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const open = (regency?: string, { at_ms, keepsTime }: Time = {}) =>
    openEmbedded({
      ...{ folder, regency, keepsTime: keepsTime ?? false },
      platform: { ...nodePlatform, ...(at_ms && { clock: virtualClock(at_ms) }) },
      ...{ logLevel: 'error', isProduction: true, token: 'a-token' },
    });

  it('is let go when it is closed, and when it could not be opened', async () => {
    const opened = await open('35.06');
    await opened.ready;
    expect(opened.regency).toBe('35.06');
    await opened.close();
    expect(await openIn(folder)).toEqual([]);
    await expect(open('35.05')).rejects.toMatchObject({ code: 'REGENCY_DIFFERS' });
    expect(await openIn(folder)).toEqual([]);
  });

  it('whose reading fails at the start never becomes ready, and says why', async () => {
    await (await open()).close();
    const log = await openLogEventStore({ path: join(folder, 'log'), ...nodePlatform });
    const odd = { type: 'ledger.MemberAccountOpened', version: 1, data: null };
    await log.append('odd', [{ ...odd, id: uuidOf('odd'), metadata: TEST_METADATA }], 'any');
    await log.close();
    await rm(join(folder, 'read'), { recursive: true });
    const opened = await open();
    await expect(opened.ready).rejects.toThrow(TypeError);
    expect(await opened.failed).toBeInstanceOf(TypeError);
    await opened.close();
  });

  it('is served by no clock before its end, but can be looked at, and slept over', async () => {
    const at_ms = Date.UTC(2026, 2, 2, 2);
    const opening = (passed_ms: number, keepsTime = true) =>
      open(undefined, { at_ms: at_ms + passed_ms, keepsTime });
    await (await opening(0)).close();
    await expect(opening(-3_600_000)).rejects.toMatchObject({ code: 'CLOCK_BEHIND_LOG' });
    await (await opening(-3_600_000, false)).close();
    await (await opening(-300_000)).close();
    await (await opening(40 * DAY_MS)).close();
  });
});
