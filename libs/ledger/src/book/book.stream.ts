import { stream } from '#lumbung/kernel';
import { accounts } from '../account/account.decider.js';
import { settlement } from '../settlement/settlement.decider.js';
import { simpanan } from '../simpanan/simpanan.decider.js';
import { book } from './book.decider.js';
import { BalancesStruck } from './book.events.js';

/** One cooperative's one book: `ledger-{cooperative}.{book}`, where all its rules meet. */
export const bookStream = stream(
  'ledger',
  { book, accounts, simpanan, settlement },
  { checkpoint: { event: BalancesStruck, stateVersion: 1 } },
);
