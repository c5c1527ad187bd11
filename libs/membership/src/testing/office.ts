import { memoryEventStore } from '#lumbung/event-store/memory';
import { memoryVault } from '#lumbung/identity';
import {
  type Anything,
  type Ask,
  type Call,
  type Caller,
  type CommandDeclaration,
  type CommandId,
  type Instant,
  instant,
  type Platform,
  type QueryDeclaration,
  type Scope,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import { memoryReadStore } from '#lumbung/read-store/memory';
import { Engine, nodePlatform } from '#lumbung/runtime';
import { CooperativeHandler } from '../cooperative/cooperative.handler.js';
import { MemberHandler } from '../member/member.handler.js';
import { membership } from '../membership.module.js';
import { RegionHandler } from '../region/region.handler.js';

export const CALLER: Caller = {
  user: 'bendahara' as UserName,
  role: 'pengurus',
  roles: [{ role: 'pengurus', scope: '35.06' as Scope }],
  correlationId: 'test',
};

/** A question as it comes over the border. */
export const askOf = <Q extends QueryDeclaration<Anything>>(_: Q, query: object): Ask<Q> =>
  ({ query, caller: CALLER }) as unknown as Ask<Q>;

/** 2 March 2026, nine in the morning in Kediri. */
const NOW: Instant = instant('2026-03-02T02:00:00.000Z');

const platform: Platform = {
  ...nodePlatform,
  clock: { now: () => NOW, elapsed_ms: () => nodePlatform.clock.elapsed_ms() },
};

/** The membership of Kediri on stores in memory; what it asks of other services is taken. */
export const openOffice = async () => {
  const store = memoryEventStore(platform);
  const readStore = memoryReadStore();
  const vault = memoryVault(platform);
  const failures: unknown[] = [];
  const engine = new Engine({
    ...{ store, platform, sealing: vault, services: [membership] },
    readStoreOf: () => readStore,
    deployment: { regency: '35.06', zone: 'Asia/Jakarta', simulated: false },
    dispatch: async () => ({ position: '0' }),
    onFailure: (error) => failures.push(error),
  });
  await engine.start({ keepsTime: false });
  await engine.projections.untilServingAll();
  const regions = new RegionHandler();
  const members = new MemberHandler(engine.commands, engine.readModels, regions, vault);
  const cooperatives = new CooperativeHandler(engine.commands, engine.readModels, regions);
  let sent = 0;
  /** A call as it comes over the border; every command has an id of its own. */
  const call = <C extends CommandDeclaration>({ type }: C, data: object) => {
    const id = uuidOf('sent', sent++) as CommandId;
    return { command: { type, data, id, issuedAt: NOW }, caller: CALLER } as unknown as Call<C>;
  };
  return {
    ...{ store, vault, members, cooperatives, call },
    /** Waits until what was answered can be read. */
    read: async ({ position }: { position: string }) => {
      expect(await engine.progress.wait(BigInt(position))).toBe(true);
    },
    close: async () => {
      await engine.stop();
      await store.close();
      await readStore.close();
      await vault.close();
      expect(failures).toEqual([]);
    },
  };
};
