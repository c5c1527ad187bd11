import type { Tree } from './cruise.js';

/** A small tree that keeps every rule and uses every door that the rules leave open. */
export const CLEAN: Tree = {
  'libs/kernel/src/index.ts': `export * from './money.js';`,
  'libs/kernel/src/money.ts': `
    import { createHash } from 'node:crypto';
    import { Temporal } from 'temporal-polyfill';
    import { z } from 'zod';
    export const money = { createHash, Temporal, z };`,
  'libs/kernel/src/money.spec.ts': `
    import fc from 'fast-check';
    import { money } from './money.js';
    import { given } from './testing/index.js';
    given(money, fc);`,
  'libs/kernel/src/testing/index.ts': `
    import { money } from '../index.js';
    export const given = (...things: unknown[]) => [money, things];`,

  'libs/contracts/src/index.ts': `
    export * from './answer.js';
    export * from './ledger/simpanan.api.js';`,
  'libs/contracts/src/answer.ts': 'export type Answer = { position: string };',
  'libs/contracts/src/ledger/simpanan.api.ts': `
    import { money } from '#lumbung/kernel';
    import type { Answer } from '../answer.js';
    export abstract class SimpananApi { abstract deposit(): Answer; money = money; }`,

  'libs/event-store/src/index.ts': `export * from './port.js';`,
  'libs/event-store/src/port.ts': 'export type EventStore = { name: string };',
  'libs/event-store/src/event-store.contract.ts': `
    import type { EventStore } from './port.js';
    export const contract = (store: EventStore) => store.name;`,
  'libs/event-store/src/memory/index.ts': `
    import type { EventStore } from '../port.js';
    export const memory: EventStore = { name: 'memory' };`,
  'libs/event-store/src/memory/memory.spec.ts': `
    import { contract } from '../event-store.contract.js';
    import { memory } from './index.js';
    contract(memory);`,
  'libs/read-store/src/index.ts': 'export type ReadStore = { name: string };',
  'libs/read-store/src/lmdb/index.ts': `export { open } from 'lmdb';`,
  'libs/runtime/src/index.ts': `
    import type { EventStore } from '#lumbung/event-store';
    import type { ReadStore } from '#lumbung/read-store';
    export class Commands { store?: EventStore & ReadStore; }`,
  'libs/transport/src/index.ts': 'export const Permission = (name: string) => name;',

  'libs/ledger/src/index.ts': `export * from './ledger.module.js';`,
  'libs/ledger/src/ledger.module.ts': `
    import { Module } from '@nestjs/common';
    import { SimpananHandler } from './simpanan/simpanan.handler.js';
    export const ledger = [Module, SimpananHandler];`,
  'libs/ledger/src/simpanan/terms.policy.ts': `
    import { money } from '#lumbung/kernel';
    export const dueFor = () => money;`,
  'libs/ledger/src/simpanan/simpanan.events.ts': `
    import { money } from '#lumbung/kernel';
    export const SimpananDeposited = money;`,
  'libs/ledger/src/simpanan/simpanan.decider.ts': `
    import type { SimpananApi } from '#lumbung/contracts';
    import { SimpananDeposited } from './simpanan.events.js';
    import { dueFor } from './terms.policy.js';
    export const simpanan = (api: SimpananApi) => [api, SimpananDeposited, dueFor];`,
  'libs/ledger/src/simpanan/simpanan.stream.ts': `
    import { simpanan } from './simpanan.decider.js';
    export const bookStream = simpanan;`,
  'libs/ledger/src/simpanan/simpanan.public.ts': `
    import { SimpananDeposited } from './simpanan.events.js';
    export const simpananPublic = SimpananDeposited;`,
  'libs/ledger/src/simpanan/simpanan.projection.ts': `
    import { SimpananDeposited } from './simpanan.events.js';
    export const balance = SimpananDeposited;`,
  'libs/ledger/src/simpanan/accounts.workflow.ts': `
    import { SimpananApi } from '#lumbung/contracts';
    import { money } from '#lumbung/kernel';
    export const accounts = [SimpananApi, money];`,
  'libs/ledger/src/simpanan/simpanan.handler.ts': `
    import { SimpananApi } from '#lumbung/contracts';
    import { Commands } from '#lumbung/runtime';
    import { Permission } from '#lumbung/transport';
    import { balance } from './simpanan.projection.js';
    import { bookStream } from './simpanan.stream.js';
    export const SimpananHandler = [SimpananApi, Commands, Permission, balance, bookStream];`,
  'libs/ledger/src/simpanan/simpanan.spec.ts': `
    import { given } from '#lumbung/kernel/testing';
    import { memory } from '#lumbung/event-store/memory';
    import { simpanan } from './simpanan.decider.js';
    given(simpanan, memory);`,
  'libs/membership/src/index.ts': 'export const membership = 1;',

  'libs/gateway/src/index.ts': `export * from './ledger/simpanan.resolver.js';`,
  'libs/gateway/src/generated.ts': 'export type Member = { id: string };',
  'libs/gateway/src/ledger/simpanan.loader.ts': `
    import DataLoader from 'dataloader';
    import { SimpananApi } from '#lumbung/contracts';
    export const loader = [DataLoader, SimpananApi];`,
  'libs/gateway/src/ledger/simpanan.resolver.ts': `
    import { Resolver } from '@nestjs/graphql';
    import { SimpananApi } from '#lumbung/contracts';
    import { money } from '#lumbung/kernel';
    import { Permission } from '#lumbung/transport';
    import type { Member } from '../generated.js';
    import { loader } from './simpanan.loader.js';
    export const resolver = (member: Member) =>
      [Resolver, SimpananApi, money, Permission, member, loader];`,

  'apps/lumbung/src/app.module.ts': `
    import { memory } from '#lumbung/event-store/memory';
    import { resolver } from '#lumbung/gateway';
    import { ledger } from '#lumbung/ledger';
    import { membership } from '#lumbung/membership';
    import { open } from '#lumbung/read-store/lmdb';
    export const app = [memory, resolver, ledger, membership, open];`,
  'apps/lumbung/src/main.ts': `
    import { app } from './app.module.js';
    app.map(String);`,
  'apps/gateway/src/app.module.ts': 'export const split = 1;',
  'test/story.spec.ts': `
    import { given } from '#lumbung/kernel/testing';
    given();`,
};
