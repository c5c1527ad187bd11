import { Module } from '@nestjs/common';
import type { Service } from '#lumbung/runtime';
import { AccountHandler } from './account/account.handler.js';
import { simpananBalance, simpananPolicies } from './account/account.projection.js';
import { accountPublic } from './account/account.public.js';
import { BookHandler } from './book/book.handler.js';
import { books } from './book/book.projection.js';
import { bookPublic } from './book/book.public.js';
import { bookStream } from './book/book.stream.js';
import { journals } from './book/journal.projection.js';
import { SettlementHandler } from './settlement/settlement.handler.js';
import { SimpananHandler } from './simpanan/simpanan.handler.js';

@Module({ controllers: [AccountHandler, BookHandler, SettlementHandler, SimpananHandler] })
export class LedgerModule {}

export const ledger: Service = {
  name: 'ledger',
  module: LedgerModule,
  writes: ['ledger'],
  streams: [bookStream],
  projections: [simpananBalance, simpananPolicies, books, journals],
  publishes: [...accountPublic, ...bookPublic],
  workflows: [],
};
