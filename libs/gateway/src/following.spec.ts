import type { MemberApi, ProgressApi, Receipt } from '#lumbung/contracts';
import type { MemberId } from '#lumbung/kernel';
import type { Context } from './caller.js';
import { Following } from './following.js';
import { Receipts } from './receipts.js';

const context = { caller: { user: 'kasir', role: 'kasir', correlationId: 'test' } } as Context;
const siti = 'siti' as MemberId;

/** Faces that note in which order they are asked. */
const faces = () => {
  const asked: string[] = [];
  const progress = {
    wait: async ({ query: { position } }: { query: { position: string } }) => {
      asked.push(`wait ${position}`);
      return false;
    },
  } as unknown as ProgressApi;
  const members = {
    find: async ({ query }: { query: { members: string[] } }) => {
      asked.push(`find ${query.members}`);
      return [{ id: siti, number: 7 }];
    },
  } as unknown as MemberApi;
  const following = new Following(progress);
  return { asked, following, receipts: new Receipts(members, following) };
};

const receipt: Receipt = { position: '42', revision: 3, voucher: 'UMUM/2026/00012', member: siti };

describe('a mutation', () => {
  it('answers once what follows from it can be read, or waiting took too long', async () => {
    const { asked, following } = faces();
    expect(await following.the(Promise.resolve(receipt), context)).toBe(receipt);
    expect(asked).toEqual(['wait 42']);
  });

  it('that is refused waits for nothing', async () => {
    const { asked, following } = faces();
    const refused = Promise.reject(new RangeError('no'));
    await expect(following.the(refused, context)).rejects.toThrow('no');
    expect(asked).toEqual([]);
  });

  it('that moves money shows the member as he is after it', async () => {
    const { asked, receipts } = faces();
    expect(await receipts.of(Promise.resolve(receipt), context)).toEqual({
      ...{ position: '42', voucher: 'UMUM/2026/00012' },
      member: { id: siti, number: 7 },
    });
    expect(asked).toEqual(['wait 42', 'find siti']);
  });
});
