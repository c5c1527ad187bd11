import { Module } from '@nestjs/common';
import type { Service } from '#lumbung/runtime';
import { AuditHandler } from './audit.handler.js';

@Module({ controllers: [AuditHandler] })
export class AuditModule {}

/** It reads the log itself, so it keeps no documents and publishes nothing. */
export const audit: Service = {
  name: 'audit',
  module: AuditModule,
  writes: [],
  streams: [],
  projections: [],
  publishes: [],
  workflows: [],
};
