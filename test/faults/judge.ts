import { openEventStoreDb } from '#lumbung/event-store/eventstoredb';
import { nodePlatform } from '#lumbung/runtime';
import { connectNats, jetStreamLine } from '#lumbung/transport/nats';
import { run } from '../stories/lumbung.js';
import { COOPERATIVES, type Load } from './load.js';
import { type Regency, until } from './regency.js';

const CODE = '35.06';
const DEPOSITED = 'ledger.SimpananDeposited';
const ADMITTED = 'membership.MemberAdmitted';
const OPENED = 'ledger.MemberAccountOpened';

type Recorded = {
  /** How often a command is in the log, by its id. */
  times: Map<string, number>;
  admitted: Set<string>;
  opened: Set<string>;
  feed: unknown[];
};

type Shown = {
  cooperative: {
    code: string;
    journal: { totalCount: number };
    members: { nodes: { id: string; simpanan: { pokok: number; sukarela: number } }[] };
  };
};

const ONE = `query ($code: VillageCode!) { cooperative(code: $code) {
  code simpananTotal memberCount candidateCount lastEntryOn
  journal(book: USP, first: 100) { totalCount nodes { number date lines { debit credit } } }
  members(first: 500) { totalCount nodes { id number name status simpanan {
    pokok wajib sukarela owed } } } } }`;

const ALL = `{ regency(code: "${CODE}") { cooperativeCount startedCount memberCount candidateCount
  simpananTotal districts { code memberCount simpananTotal } } }`;

/** What is in the log of what the clients did, and of the feed. */
const recorded = async ({ storeUrl }: Regency): Promise<Recorded> => {
  const log = await openEventStoreDb({ url: storeUrl, ...nodePlatform });
  const read: Recorded = { times: new Map(), admitted: new Set(), opened: new Set(), feed: [] };
  try {
    const types = [DEPOSITED, ADMITTED, OPENED];
    for await (const events of log.readAll({ filter: { types } })) {
      for (const { type, data, metadata } of events) {
        const { member } = data as { member: string };
        if (type === OPENED) read.opened.add(member);
        else read.times.set(metadata.commandId, (read.times.get(metadata.commandId) ?? 0) + 1);
        if (type === ADMITTED) read.admitted.add(member);
      }
    }
    for await (const events of log.readStream(`feed-${CODE}`)) {
      read.feed.push(...events.map(({ data }) => data));
    }
  } finally {
    await log.close();
  }
  return read;
};

/** How many entries the broker holds, and the last of them. */
const carried = async ({ natsUrl }: Regency) => {
  const connection = await connectNats({ url: natsUrl, name: 'judge' });
  try {
    const line = jetStreamLine({ connection, regency: CODE });
    const latest = await line.latest();
    if (!latest) return { count: 0, last: undefined };
    return { count: latest.last, last: await line.entry(latest, latest.last) };
  } finally {
    await connection.close();
  }
};

const shown = async ({ server }: Regency) => {
  const cooperatives: Shown[] = [];
  for (const code of COOPERATIVES) cooperatives.push(await server.ask<Shown>(ONE, { code }));
  return { cooperatives, regency: await server.ask(ALL) };
};

/** Commands that were acknowledged and are not there once, or that are there twice. */
const wronged = ({ accounts }: Load, { times }: Recorded): string[] => {
  const wrong: string[] = [];
  for (const [id, { mutation, fate }] of accounts) {
    const count = times.get(id) ?? 0;
    const isRight = fate === 'acknowledged' ? count === 1 : count <= 1;
    if (!isRight) wrong.push(`${mutation} ${id}, ${fate}, is there ${count} times`);
  }
  for (const id of times.keys()) if (!accounts.has(id)) wrong.push(`nobody sent ${id}`);
  return wrong;
};

/** What each member was to have by the commands that are in the log. */
const owed = ({ accounts }: Load, { times }: Recorded): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const [id, { member, amount }] of accounts) {
    if (member === undefined || !times.has(id)) continue;
    sums.set(member, (sums.get(member) ?? 0) + amount);
  }
  return sums;
};

const had = (cooperatives: readonly Shown[]): Map<string, number> => {
  const nodes = cooperatives.flatMap(({ cooperative }) => cooperative.members.nodes);
  const sums = nodes.map(({ id, simpanan }) => [id, simpanan.pokok + simpanan.sukarela] as const);
  return new Map(sums.filter(([, sum]) => sum > 0));
};

/** Holds a regency at rest against what its clients were told. */
export const judge = async (regency: Regency, load: Load): Promise<void> => {
  let read = await recorded(regency);
  expect(wronged(load, read)).toEqual([]);
  await until('an account of everybody who was admitted', async () => {
    read = await recorded(regency);
    return [...read.admitted].every((member) => read.opened.has(member));
  });
  const verified = await run(regency.folder, 'verify', '--json');
  expect(JSON.parse(verified.stdout)).toMatchObject({ findings: [] });
  const before = await shown(regency);
  expect(had(before.cooperatives)).toEqual(owed(load, read));
  expect(await run(regency.folder, 'rebuild')).toMatchObject({ code: 0 });
  expect(await shown(regency)).toEqual(before);
  await until('all of the feed on its line', async () => {
    const { feed } = await recorded(regency);
    const { count, last } = await carried(regency);
    return count === feed.length && JSON.stringify(last) === JSON.stringify(feed.at(-1));
  });
};
