import DataLoader from 'dataloader';
import type { AccountApi, SimpananBalance, SimpananPolicy } from '#lumbung/contracts';
import type { Caller, CooperativeCode, MemberId } from '#lumbung/kernel';

const MOST = 500;

export type SimpananLoaders = {
  balances: DataLoader<MemberId, SimpananBalance>;
  policies: DataLoader<CooperativeCode, SimpananPolicy[]>;
};

/** Balances and policies of one request, each asked for once. */
export const simpananLoaders = (accounts: AccountApi, caller: Caller): SimpananLoaders => ({
  balances: new DataLoader(
    (members) => accounts.balances({ query: { members: [...members] }, caller }),
    { maxBatchSize: MOST },
  ),
  policies: new DataLoader(
    (cooperatives) => accounts.policies({ query: { cooperatives: [...cooperatives] }, caller }),
    { maxBatchSize: MOST },
  ),
});
