import { Module } from '@nestjs/common';
import type { Service } from '#lumbung/runtime';
import { TotalsHandler } from './totals/totals.handler.js';
import { cooperativeTotals, regionTotals } from './totals/totals.projection.js';

@Module({ controllers: [TotalsHandler] })
export class ReportingModule {}

export const reporting: Service = {
  name: 'reporting',
  module: ReportingModule,
  writes: [],
  streams: [],
  projections: [cooperativeTotals, regionTotals],
  publishes: [],
  workflows: [],
  readsPublicEventsOnly: true,
};
