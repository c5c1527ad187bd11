import { Module } from '@nestjs/common';
import type { Service } from '#lumbung/runtime';
import { UserHandler } from './user/user.handler.js';
import { users } from './user/user.projection.js';

@Module({ controllers: [UserHandler] })
export class IdentityModule {}

export const identity: Service = {
  name: 'identity',
  module: IdentityModule,
  writes: ['users'],
  streams: [],
  projections: [users],
  publishes: [],
  workflows: [],
};
