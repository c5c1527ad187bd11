import {
  type AccountApi,
  type BookApi,
  type CooperativeApi,
  type MemberApi,
  type ProgressApi,
  platformRejections,
  type Receipt,
  type RegionApi,
  type TotalsApi,
} from '#lumbung/contracts';
import { type CooperativeCode, type MemberId, Unavailable, type UserName } from '#lumbung/kernel';
import type { Context } from './caller.js';
import { Following } from './following.js';
import type { CloseMonthInput, OpenUspInput, SetSimpananPolicyInput } from './generated/schema.js';
import { simpananLoaders } from './ledger/account.loader.js';
import { PolicyResolver } from './ledger/account.resolver.js';
import { BookResolver } from './ledger/book.resolver.js';
import { CooperativeResolver } from './membership/cooperative.resolver.js';
import { MemberResolver } from './membership/member.resolver.js';
import { Receipts } from './receipts.js';

const caller = { user: 'kasir' as UserName, role: 'kasir', correlationId: 'test' } as const;
const context: Context = { caller, loaders: simpananLoaders({} as AccountApi, caller) };
const siti = 'siti' as MemberId;
const PARE = '35.06.17.1009' as CooperativeCode;
const answer = { position: '42', revision: 3 };
const place = { district: { code: '35.06.17', name: 'Pare' }, cooperativeName: 'Pare' };
const book = { book: 'UMUM', journalCount: 3, closedThrough: '2026-01', uspOpen: false };

const gone = () => new Unavailable('SERVICE_UNAVAILABLE', platformRejections.SERVICE_UNAVAILABLE);

/**
 * Faces that note in which order they are asked; `shown` is how waiting ends, and `isGone` tells
 * whether those that are read then have ended meanwhile.
 */
const faces = (shown: boolean | Error = true, isGone = false) => {
  const asked: string[] = [];
  const reading = (what: string) => {
    asked.push(what);
    if (isGone) throw gone();
  };
  const progress = {
    wait: async ({ query: { position } }: { query: { position: string } }) => {
      asked.push(`wait ${position}`);
      if (shown instanceof Error) throw shown;
      return shown;
    },
  } as unknown as ProgressApi;
  const members = {
    admit: async () => ({ ...answer, member: siti, number: 7, warnings: [] }),
    resign: async () => answer,
    find: async ({ query }: { query: { members: string[] } }) => {
      reading(`find ${query.members}`);
      return [{ id: siti, number: 7 }];
    },
  } as unknown as MemberApi;
  const books = {
    closeMonth: async () => answer,
    openUsp: async () => answer,
    books: async () => {
      reading('books');
      return [book, { ...book, book: 'USP', uspOpen: true }];
    },
  } as unknown as BookApi;
  const cooperatives = { register: async () => answer } as unknown as CooperativeApi;
  const regions = { place: async () => place } as unknown as RegionApi;
  const totals = {
    totals: async () => {
      reading('totals');
      return [{ code: PARE, district: '35.06.17', districtName: 'Pare' }];
    },
  } as unknown as TotalsApi;
  const accounts = { setPolicy: async () => answer } as unknown as AccountApi;
  const following = new Following(progress);
  return {
    ...{ asked, following },
    receipts: new Receipts(members, following),
    members: new MemberResolver(members, following),
    policies: new PolicyResolver(accounts, following),
    books: new BookResolver(books, following),
    cooperatives: new CooperativeResolver(cooperatives, regions, totals, following),
  };
};

const receipt: Receipt = { position: '42', revision: 3, voucher: 'UMUM/2026/00012', member: siti };
const input = { commandId: 'c-1', issuedAt: '2026-03-02T02:00:00.000Z', cooperative: PARE };
const closing = { ...input, book: 'UMUM', month: '2026-01' } as CloseMonthInput;
const opening = { ...input, licence: 'SK-1/2026', licensedOn: '2026-01-05' } as OpenUspInput;

type Faces = ReturnType<typeof faces>;

const MUTATIONS: [name: string, send: (of: Faces) => Promise<object>, after: object][] = [
  [
    'deposit',
    ({ receipts }) => receipts.of(Promise.resolve(receipt), context),
    { voucher: 'UMUM/2026/00012', member: { id: siti, number: 7 } },
  ],
  [
    'admission',
    ({ members }) => members.admitMember(input as never, context),
    { member: { id: siti, number: 7 } },
  ],
  [
    'resignation',
    ({ members }) => members.resignMember({ ...input, member: siti } as never, context),
    { member: { id: siti, number: 7 } },
  ],
  ['closed month', ({ books }) => books.closeMonth(closing, context), { book }],
  [
    'opened USP',
    ({ books }) => books.openUsp(opening, context),
    { book: { ...book, book: 'USP', uspOpen: true } },
  ],
  [
    'registration',
    ({ cooperatives }) => cooperatives.registerCooperative(input as never, context),
    { cooperative: { code: PARE, district: { code: '35.06.17', name: 'Pare' } } },
  ],
];

describe('a mutation', () => {
  it('answers once what follows from it can be read', async () => {
    const { asked, following } = faces();
    const answered = await following.the(Promise.resolve(receipt), context);
    expect(answered).toEqual({ ...receipt, shown: true });
    expect(asked).toEqual(['wait 42']);
  });

  it('answers all the same when waiting took too long, and says so', async () => {
    const answered = await faces(false).following.the(Promise.resolve(receipt), context);
    expect(answered).toEqual({ ...receipt, shown: false });
  });

  it('that is recorded answers so though nobody can tell what follows from it', async () => {
    const answered = await faces(gone()).following.the(Promise.resolve(receipt), context);
    expect(answered).toEqual({ ...receipt, shown: false });
  });

  it('hides no bug of those that it waits for', async () => {
    const { following } = faces(new TypeError('a bug'));
    await expect(following.the(Promise.resolve(receipt), context)).rejects.toThrow('a bug');
  });

  it('forgets what another of the same request has read', async () => {
    let wajib = 20_000;
    const balances = async () => [{ wajib }];
    const loaders = simpananLoaders({ balances } as unknown as AccountApi, caller);
    expect(await loaders.balances.load(siti)).toEqual({ wajib: 20_000 });
    wajib = 40_000;
    await faces().following.the(Promise.resolve(receipt), { caller, loaders });
    expect(await loaders.balances.load(siti)).toEqual({ wajib: 40_000 });
  });

  it('that is refused waits for nothing', async () => {
    const { asked, following } = faces();
    const refused = Promise.reject(new RangeError('no'));
    await expect(following.the(refused, context)).rejects.toThrow('no');
    expect(asked).toEqual([]);
  });
});

describe('the answer to', () => {
  it.each(MUTATIONS)('a %s shows how it is after it', async (_, send, after) => {
    const of = faces();
    expect(await send(of)).toEqual({ position: '42', ...after });
    expect(of.asked[0]).toBe('wait 42');
    expect(of.asked).toHaveLength(2);
  });

  it.each(MUTATIONS)('a %s never shows how it was before it', async (_, send, after) => {
    const of = faces(false);
    const { position, voucher, ...shown } = (await send(of)) as Record<string, unknown>;
    expect(position).toBe('42');
    expect(voucher).toBe((after as { voucher?: string }).voucher);
    expect(Object.values(shown).filter((value) => value != null)).toEqual([]);
    expect(of.asked).toEqual(['wait 42']);
  });

  it.each(MUTATIONS)('a %s is that it is recorded, though nobody can be read', async (_, send) => {
    const of = faces(true, true);
    const { position, voucher: _voucher, ...shown } = (await send(of)) as Record<string, unknown>;
    expect(position).toBe('42');
    expect(Object.values(shown).filter((value) => value != null)).toEqual([]);
    expect(of.asked).toHaveLength(2);
  });

  it.each([true, false])('a policy is the policy that was set (shown: %s)', async (shown) => {
    const { policies, asked } = faces(shown);
    const policy = { from: '2026-01', pokok: 100_000, wajib: 0, pokokInParts: false };
    const setting = { ...input, ...policy } as SetSimpananPolicyInput;
    expect(await policies.setSimpananPolicy(setting, context)).toEqual({ position: '42', policy });
    expect(asked).toEqual(['wait 42']);
  });
});
