import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Anything, date } from '#lumbung/kernel';
import { settingsFrom } from '../settings.js';
import { aHost } from '../testing/host.js';
import { busOf, PARE } from '../testing/office.js';
import { beginningOf, demoFolder, mustBeFinished, simulateInto } from './simulated.js';

const LIFE = { months: 1, members: 3, seed: 1, from: date('2025-06-01') };

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lumbung-simulated-')), 'data');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

/** A platform that takes every command of one cooperative. */
const taking = (overrides: Parameters<typeof busOf>[0] = {}) => {
  const cooperatives = { nodes: [{ code: PARE }], totalCount: 1, hasNextPage: false };
  const { bus, sent } = busOf({
    'reporting.totals.region': () => null,
    'reporting.totals.cooperatives': () => cooperatives,
    'membership.region.places': () => [{ code: PARE, cooperativeName: 'Koperasi Pare' }],
    'identity.user.find': () => null,
    'platform.progress.progress': () => ({ head: '1' }),
    'platform.progress.wait': () => true,
    ...overrides,
  });
  const commands = () => sent.flatMap(({ payload: { command } }: Anything) => command ?? []);
  const takesAll: typeof bus = {
    send: async (pattern, payload) => {
      const known = payload as { command?: object };
      if (!known.command) return bus.send(pattern, payload);
      sent.push({ pattern, payload });
      return overrides[pattern]?.(payload) ?? {};
    },
  };
  return { bus: takesAll, commands };
};

const means = ({ open }: ReturnType<typeof aHost>) => ({
  open,
  settings: settingsFrom({ LUMBUNG_DATA: folder }),
});

describe('a life of the regency', () => {
  it('is lived by every cooperative that is registered first, in a folder marked so', async () => {
    const { bus, commands } = taking();
    const host = aHost(bus, { simulated: true });
    const simulated = await simulateInto(means(host), folder, LIFE);
    expect(host.openings[0]).toMatchObject({ simulated: true, keepsTime: false, folder });
    expect(simulated).toMatchObject({ cooperatives: 1 });
    expect(simulated.members).toBeGreaterThan(0);
    const types = commands().map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['AddUser', 'RegisterCooperative']);
    expect(types).toContain('AdmitMember');
    expect(host.closed()).toBe(1);
    await mustBeFinished(folder);
  });

  it('keeps a time of its own, from its first day on', async () => {
    const { bus, commands } = taking();
    await simulateInto(means(aHost(bus)), folder, LIFE);
    const days = commands().map(({ issuedAt }) => issuedAt.slice(0, 7));
    expect(new Set(days)).toEqual(new Set(['2025-05', '2025-06']));
    expect(commands()[0].issuedAt).toBe('2025-05-31T17:00:00.000Z');
  });

  it('is refused where one was lived', async () => {
    const { bus } = taking({ 'reporting.totals.region': () => ({ cooperativeCount: 1 }) });
    const host = aHost(bus);
    await expect(simulateInto(means(host), folder, LIFE)).rejects.toMatchObject({
      code: 'SIMULATION_ALREADY_RAN',
      sentence: expect.stringContaining(folder),
    });
    expect(host.closed()).toBe(1);
  });

  it('that is broken off counts as unfinished', async () => {
    const refusing = () => {
      throw new Error('killed');
    };
    const { bus } = taking({ 'membership.member.admit': refusing });
    const simulating = simulateInto(means(aHost(bus)), folder, LIFE);
    await expect(simulating).rejects.toThrow('killed');
    await expect(mustBeFinished(folder)).rejects.toMatchObject({ code: 'SIMULATION_UNFINISHED' });
  });

  it('ends with what failed for good behind it', async () => {
    const waiting = new Promise(() => undefined);
    const { bus } = taking({ 'membership.member.admit': () => waiting });
    const host = aHost(bus, { failed: Promise.resolve(new Error('the disk is gone')) });
    await expect(simulateInto(means(host), folder, LIFE)).rejects.toThrow('the disk is gone');
  });

  it('of a regency that is none makes nothing', async () => {
    const host = aHost(taking().bus);
    const life = { ...LIFE, regency: '99.99' };
    await expect(simulateInto(means(host), folder, life)).rejects.toMatchObject({
      code: 'REGENCY_UNKNOWN',
    });
    expect(host.openings).toEqual([]);
  });
});

describe('its first day', () => {
  const TODAY = date('2026-03-02');
  const beginning = (months: number, from?: string) =>
    beginningOf({ ...LIFE, months, from: from === undefined ? undefined : date(from) }, TODAY);

  it('lets it end with the month before this, if nothing is said', () => {
    expect(beginning(12)).toBe('2025-03-01');
    expect(beginning(1)).toBe('2026-02-01');
  });

  it('may be any day since 2025', () => {
    expect(beginning(2, '2025-01-01')).toBe('2025-01-01');
    expect(beginning(1, '2026-02-15')).toBe('2026-02-15');
  });

  it('is not before that, since workflows act on nothing that is older', () => {
    const tooEarly = expect.objectContaining({ code: 'SIMULATION_TOO_EARLY' });
    expect(() => beginning(1, '2024-12-31')).toThrow(tooEarly);
    expect(() => beginning(15)).toThrow(tooEarly);
  });

  it('lets no life end today or later', () => {
    const tooLate = expect.objectContaining({ code: 'SIMULATION_TOO_LATE' });
    expect(() => beginning(2, '2026-02-01')).toThrow(tooLate);
    expect(() => beginning(1, '2026-03-02')).toThrow(tooLate);
    const last = { ...LIFE, from: date('2026-03-01') };
    expect(() => beginningOf(last, date('2026-03-31'))).toThrow(tooLate);
    expect(beginningOf(last, date('2026-04-01'))).toBe('2026-03-01');
  });
});

describe('the demo', () => {
  it('lies beside the real folder', () => {
    expect(demoFolder(means(aHost(taking().bus)))).toBe(`${folder}-demo`);
  });
});
