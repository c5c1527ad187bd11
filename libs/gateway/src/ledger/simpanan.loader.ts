import DataLoader from 'dataloader';
import type { AccountApi } from '#lumbung/contracts';
import type { Caller, MemberId } from '#lumbung/kernel';

const MOST = 500;

/** Balances of the members of one request, asked for at once. */
export const simpananLoader = (accounts: AccountApi, caller: Caller) =>
  new DataLoader(
    (members: readonly MemberId[]) =>
      accounts.balances({ query: { members: [...members] }, caller }),
    { maxBatchSize: MOST },
  );
