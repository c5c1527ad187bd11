/** A file that breaks rules, and exactly the rules that must say so. */
export type Plant = { file: string; source: string; breaks: string[] };

const plant = (file: string, source: string, ...breaks: string[]): Plant => ({
  file,
  source,
  breaks,
});

const SIMPANAN = 'libs/ledger/src/simpanan';

export const PLANTS: Plant[] = [
  plant(`${SIMPANAN}/clock.decider.ts`, `import 'node:fs';`, 'pure-core'),
  plant(`${SIMPANAN}/npm.policy.ts`, `import { z } from 'zod';`, 'pure-core'),
  plant(
    `${SIMPANAN}/nest.events.ts`,
    `import type { Injectable } from '@nestjs/common';`,
    'pure-core',
  ),
  plant(
    `${SIMPANAN}/runner.projection.ts`,
    `import { Commands } from '#lumbung/runtime';`,
    'pure-core',
  ),
  plant(
    `${SIMPANAN}/handler.public.ts`,
    `import { SimpananHandler } from './simpanan.handler.js';`,
    'pure-core',
  ),

  plant(
    `${SIMPANAN}/reads.decider.ts`,
    `import { balance } from './simpanan.projection.js';`,
    'write-never-reads-read-side',
  ),
  plant(
    `${SIMPANAN}/reads.stream.ts`,
    `import type { balance } from './simpanan.projection.js';`,
    'write-never-reads-read-side',
  ),
  plant(
    `${SIMPANAN}/store.policy.ts`,
    `import type { ReadStore } from '#lumbung/read-store';`,
    'write-never-reads-read-side',
    'pure-core',
  ),

  plant('libs/kernel/src/files.ts', `import 'node:fs';`, 'kernel-is-a-leaf'),
  plant('libs/kernel/src/nest.ts', `import 'rxjs';`, 'kernel-is-a-leaf'),
  plant(
    'libs/kernel/src/store.ts',
    `import type { EventStore } from '#lumbung/event-store';`,
    'kernel-is-a-leaf',
  ),
  plant(
    'libs/kernel/src/testing/store.ts',
    `import { memory } from '#lumbung/event-store/memory';`,
    'kernel-is-a-leaf',
  ),

  plant('libs/contracts/src/schema.ts', `import { z } from 'zod';`, 'contracts-import-kernel-only'),
  plant(
    'libs/contracts/src/runtime.ts',
    `import type { Commands } from '#lumbung/runtime';`,
    'contracts-import-kernel-only',
  ),

  plant(
    'libs/runtime/src/back-door.ts',
    `import type { EventStore } from '../../event-store/src/port.js';`,
    'front-door-only',
  ),
  plant(
    'apps/lumbung/src/back-door.ts',
    `export const load = () => import('../../../libs/ledger/src/ledger.module.js');`,
    'front-door-only',
  ),
  plant(
    'test/back-door.spec.ts',
    `import { simpanan } from '../libs/ledger/src/simpanan/simpanan.decider.js';`,
    'front-door-only',
  ),

  plant(
    'libs/membership/src/neighbour.handler.ts',
    `import { ledger } from '#lumbung/ledger';`,
    'services-are-strangers',
  ),
  plant(
    'libs/reporting/src/totals.projection.ts',
    `import { SimpananDeposited } from '../../ledger/src/simpanan/simpanan.events.js';`,
    'services-are-strangers',
    'front-door-only',
  ),

  plant(
    'libs/gateway/src/shortcut.module.ts',
    `import { ledger } from '#lumbung/ledger';`,
    'gateway-sees-contracts-only',
  ),
  plant(
    'libs/gateway/src/ledger/store.loader.ts',
    `import { open } from 'lmdb';`,
    'resolvers-only-translate',
  ),
  plant(
    'libs/gateway/src/ledger/runner.resolver.ts',
    `import { Commands } from '#lumbung/runtime';`,
    'resolvers-only-translate',
    'gateway-sees-contracts-only',
  ),

  plant(
    `${SIMPANAN}/private.workflow.ts`,
    `import { SimpananDeposited } from './simpanan.events.js';`,
    'workflows-see-contracts-only',
  ),
  plant(
    'libs/membership/src/leaving.workflow.ts',
    `import { Commands } from '#lumbung/runtime';`,
    'workflows-see-contracts-only',
    'pure-core',
  ),

  plant(
    'libs/ledger/src/boot.module.ts',
    `import { app } from '../../../apps/lumbung/src/app.module.js';`,
    'apps-compose-only',
  ),
  plant(
    'apps/gateway/src/whole.module.ts',
    `import { app } from '../../lumbung/src/app.module.js';`,
    'apps-are-strangers',
  ),

  // A cycle is reported once, at the first of its files.
  plant(
    'libs/documents/src/sheet.ts',
    `import type { Page } from './page.js'; export type Sheet = Page[];`,
  ),
  plant(
    'libs/documents/src/page.ts',
    `import type { Sheet } from './sheet.js'; export type Page = Sheet[];`,
    'no-circular',
  ),

  plant(
    'libs/ledger/src/spec.module.ts',
    `import './simpanan/simpanan.spec.js';`,
    'no-spec-import',
  ),
  plant(
    'libs/event-store/src/suite.ts',
    `import { contract } from './event-store.contract.js';`,
    'no-spec-import',
  ),
  plant(
    'libs/runtime/src/given.ts',
    `import { given } from '#lumbung/kernel/testing';`,
    'no-spec-import',
  ),

  plant('libs/cli/src/table.ts', `import fc from 'fast-check';`, 'no-dev-dependency-at-run-time'),

  plant('libs/cli/src/missing.ts', `import { gone } from './gone.js';`, 'not-to-unresolvable'),
  plant(
    'libs/cli/src/no-library.ts',
    `import { gone } from '#lumbung/no-such-library';`,
    'not-to-unresolvable',
  ),
  plant(
    'libs/cli/src/no-adapter.ts',
    `import { gone } from '#lumbung/event-store/no-such-adapter';`,
    'not-to-unresolvable',
  ),
  plant('libs/cli/src/no-package.ts', `import gone from 'no-such-package';`, 'not-to-unresolvable'),
];
