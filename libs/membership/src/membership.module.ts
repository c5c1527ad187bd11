import { Module } from '@nestjs/common';
import type { Service } from '#lumbung/runtime';
import { CooperativeHandler } from './cooperative/cooperative.handler.js';
import { cooperatives } from './cooperative/cooperative.projection.js';
import { cooperativePublic } from './cooperative/cooperative.public.js';
import { registerStream } from './cooperative/register.stream.js';
import { MemberHandler } from './member/member.handler.js';
import { memberDocuments } from './member/member.projection.js';
import { memberPublic } from './member/member.public.js';
import { memberAccounts } from './member/member-accounts.workflow.js';
import { RegionHandler } from './region/region.handler.js';
import { resignation } from './resignation/resignation.workflow.js';

@Module({ controllers: [CooperativeHandler, MemberHandler, RegionHandler] })
export class MembershipModule {}

export const membership: Service = {
  name: 'membership',
  module: MembershipModule,
  writes: ['register', 'workflow'],
  streams: [registerStream],
  projections: [cooperatives, memberDocuments],
  publishes: [...cooperativePublic, ...memberPublic],
  workflows: [memberAccounts, resignation],
};
