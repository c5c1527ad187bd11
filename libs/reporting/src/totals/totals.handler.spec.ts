import {
  CooperativeRegistered,
  FindRegion,
  FindTotals,
  JournalRecorded,
  ListCooperatives,
  MembershipConfirmed,
} from '#lumbung/contracts';
import { memoryEventStore } from '#lumbung/event-store/memory';
import {
  type AnyEventDeclaration,
  type Anything,
  type Ask,
  type Caller,
  type QueryDeclaration,
  type Scope,
  toPublic,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Engine, nodePlatform } from '#lumbung/runtime';
import { reporting } from '../reporting.module.js';
import { BULU, confirmed, GEDANGSEWU, journal, PARE, registered } from '../testing/samples.js';
import { TotalsHandler } from './totals.handler.js';

const holding = (scope: string): Caller => ({
  ...{ user: 'pengawas' as UserName, role: 'pengawas', correlationId: 'test' },
  roles: [{ role: 'pengawas', scope: scope as Scope }],
});

const HISTORY = [
  ...[registered(), registered(GEDANGSEWU), registered(BULU)],
  ...[journal('2026-03-02', { first: true }), confirmed()],
];

const askOf = <Q extends QueryDeclaration<Anything>>(_: Q, query: object, scope = '35.06') =>
  ({ query, caller: holding(scope) }) as unknown as Ask<Q>;

/** Whoever publishes what he stores just as it is. */
const publisher = {
  ...{
    name: 'publisher',
    writes: [],
    streams: [],
    module: class {},
    projections: [],
    workflows: [],
  },
  publishes: [CooperativeRegistered, JournalRecorded, MembershipConfirmed].map(
    (told: AnyEventDeclaration) => toPublic(told, told, ({ data }) => data),
  ),
};

let engine: Engine;
let totals: TotalsHandler;

beforeAll(async () => {
  const store = memoryEventStore(nodePlatform);
  const events = HISTORY.map((event, at) => ({
    ...event,
    id: uuidOf('told', at),
    metadata: TEST_METADATA,
  }));
  const { position } = await store.append('told-35.06', events, 'none');
  const readStore = memoryReadStore();
  engine = new Engine({
    ...{ store, platform: nodePlatform, services: [publisher, reporting] },
    readStoreOf: () => readStore,
    sealing: {} as never,
    deployment: { regency: '35.06', zone: 'Asia/Jakarta', simulated: false },
    dispatch: async () => ({ position: '0' }),
    onFailure: (error) => {
      throw error;
    },
  });
  await engine.start({ keepsTime: false });
  await engine.projections.untilServingAll();
  expect(await engine.progress.wait(position)).toBe(true);
  totals = new TotalsHandler(engine.readModels);
});
afterAll(() => engine.stop());

const list = (asked: object) =>
  totals.cooperatives(askOf(ListCooperatives, { regency: '35.06', first: 10, ...asked }));
const region = (code: string) => totals.region(askOf(FindRegion, { code }));

describe('the list of cooperatives', () => {
  it.each([
    ['of the regency', {}, 3],
    ['of a district', { district: '35.06.17' }, 2],
    ['that have started', { started: true }, 1],
    ['that have not', { started: false }, 2],
    ['that have not, in a district', { started: false, district: '35.06.17' }, 1],
    ['whose names begin alike', { search: 'Ge' }, 1],
    ['whose names begin alike, and that have started', { search: 'ge', started: true }, 0],
    ['of a regency that is not here', { regency: '35.71' }, 0],
  ])('counts all %s, not the page alone', async (_, asked, count) => {
    const page = await list({ ...asked, first: 1 });
    expect(page.totalCount).toBe(count);
    expect(page.nodes).toHaveLength(Math.min(count, 1));
    expect(page.hasNextPage).toBe(count > 1);
  });

  it('goes on where a page ended, in either direction', async () => {
    const villages = async (descending: boolean) => {
      const first = await list({ sort: 'NAME', descending, first: 2 });
      const after = first.endCursor as string;
      const rest = await list({ sort: 'NAME', descending, first: 2, after });
      expect(rest.hasNextPage).toBe(false);
      return [...first.nodes, ...rest.nodes].map(({ village }) => village);
    };
    expect(await villages(false)).toEqual(['Bulu', 'Gedangsewu', 'Pare']);
    expect(await villages(true)).toEqual(['Pare', 'Gedangsewu', 'Bulu']);
  });

  it('keeps the order asked while it searches, also over pages', async () => {
    const asked = { search: 'e', sort: 'CODE' };
    expect((await list(asked)).nodes).toEqual([]);
    const codes = async (more: object) => {
      const page = await list({ search: 'p', sort: 'MEMBERS', ...more });
      return [page.nodes.map(({ code }) => code), page.endCursor, page.totalCount];
    };
    expect(await codes({})).toEqual([[PARE], PARE, 1]);
    expect(await codes({ after: PARE })).toEqual([[], null, 1]);
    await expect(codes({ after: BULU })).rejects.toMatchObject({ code: 'CURSOR_MALFORMED' });
  });

  it.each([
    [{ first: 0 }, 'PAGE_TOO_SMALL'],
    [{ first: 501 }, 'PAGE_TOO_LARGE'],
    [{ regency: 'Kediri' }, 'REGENCY_CODE_MALFORMED'],
    [{ district: '35.06' }, 'DISTRICT_CODE_MALFORMED'],
  ])('is not asked for by %j', async (asked, code) => {
    await expect(list(asked)).rejects.toMatchObject({ code });
  });
});

describe('figures that are asked for', () => {
  it('of cooperatives come in the order asked, with gaps', async () => {
    const cooperatives = [GEDANGSEWU, '35.06.17.2001', PARE];
    const found = await totals.totals(askOf(FindTotals, { cooperatives }));
    expect(found.map((one) => one?.memberCount ?? null)).toEqual([0, null, 1]);
  });

  it('of a region are its own, and of none are none', async () => {
    expect(await region('35.06')).toMatchObject({ cooperativeCount: 3, startedCount: 1 });
    expect(await region('35.71')).toBeNull();
  });

  it('of the regions below come by code', async () => {
    const below = async (code: string) =>
      (await totals.districts(askOf(FindRegion, { code }))).map((one) => one.code);
    expect(await below('35.06')).toEqual(['35.06.01', '35.06.17']);
    expect(await below('35')).toEqual(['35.06']);
    expect(await below('35.06.17')).toEqual([]);
  });

  it('of a district are for whom it is: it may have a single cooperative', async () => {
    const seen = async (code: string, scope: string) =>
      (await totals.region(askOf(FindRegion, { code }, scope)))?.code ?? null;
    expect(await seen('35.06.01', '35.06.01')).toBe('35.06.01');
    expect(await seen('35.06.01', '35.06.17')).toBeNull();
    expect(await seen('35.06.01', PARE)).toBeNull();
    expect(await seen('35.06', PARE)).toBe('35.06');
    const below = await totals.districts(askOf(FindRegion, { code: '35.06' }, '35.06.17'));
    expect(below.map(({ code }) => code)).toEqual(['35.06.17']);
  });
});
