import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openEventStoreDb } from '#lumbung/event-store/eventstoredb';
import { nodePlatform } from '#lumbung/runtime';
import { describeWithNats, type Environment, type Running, stage } from '../faults/processes.js';
import { nameOf, nikOf } from './villagers.js';

const ROOT = resolve(import.meta.dirname, '../..');
const COOPERATIVES = ['35.06.17.1009', '35.06.17.2001', '35.06.17.2002', '35.06.17.2003'];
const WAITS_MS = 60_000;
const GOLDEN = join(ROOT, 'test/golden/ledger.SimpananDeposited.v1.json');
const DEPOSITED = 'ledger.SimpananDeposited';
const PATCHED = 'dist/libs/ledger/src/simpanan/simpanan.events.js';

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

const V1 =
  /export const SimpananDeposited = event\('ledger\.SimpananDeposited', 1, (\{.*?\n\})\);/s;
const V2 = `const Next = event('ledger.SimpananDeposited', 2,
  { ...$1, receipt: z.enum(['KERTAS', 'DIGITAL']) },
  { 1: (data) => ({ ...data, receipt: 'KERTAS' }) });
export const SimpananDeposited = Object.assign(
  (data) => Next({ ...data, receipt: 'DIGITAL' }), { ...Next });`;

/** What is built, and beside it the same program as it will be when a deposit has a receipt. */
const nextBuild = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const path = join(folder, PATCHED);
  const before = await readFile(path, 'utf8');
  const after = before.replace(V1, V2);
  expect(after).not.toBe(before);
  await writeFile(path, after);
  return folder;
};

/** An address of this machine where nobody listens yet. */
const freeAddress = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return `127.0.0.1:${port}`;
};

const until = async <T>(ask: () => Promise<T>, is: (answer: T) => boolean): Promise<T> => {
  const end_ms = performance.now() + WAITS_MS;
  for (;;) {
    const answer = await ask();
    if (is(answer) || performance.now() > end_ms) return answer;
    await setTimeout(100);
  }
};

type Answer = { data?: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
type Shown = { journal: { totalCount: number }; simpananTotal: number };

const { start, broker, newFolder } = stage();

describeWithNats('an upgrade while the services run', () => {
  const env: Record<string, string> = {};
  let next: string;
  let store: string;
  let address: string;
  let ops: string;
  let old: Record<'membership' | 'ledger' | 'reporting' | 'gateway', Running>;

  const run = async (app: string, more: Environment = {}, root = ROOT): Promise<Running> => {
    const args = app === 'gateway' ? ['serve'] : [];
    const running = start(app, args, { ...env, ...more }, root);
    await running.says(app === 'gateway' ? /Halaman {2}(\S+)/ : new RegExp(`${app} siap`));
    return running;
  };

  const addressOf = async (gateway: Running) =>
    (await gateway.says(/http:\/\/127\.0\.0\.1:\d+/)) as string;

  const ask = async (query: string, variables: object = {}): Promise<Answer> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lumbung-user': 'pengurus' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };

  /** Sends a command until it is answered; resolves with its refusal, or nothing. */
  const send = async (mutation: string, data: object, selection = 'position') => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`;
    const input = { commandId: randomUUID(), issuedAt: new Date().toISOString(), ...data };
    const answered = await until(
      () => ask(query, { input }).catch(() => undefined),
      (answer) => answer !== undefined && answer.errors === undefined,
    );
    if (!answered || answered.errors) throw new Error(JSON.stringify(answered?.errors));
    return answered.data?.[mutation] as { member?: { id: string } };
  };

  const depositOf = (cooperative: string, member: string, kind: string, amount: number) =>
    send('depositSimpanan', { cooperative, member, kind, amount, date: today, channel: 'KAS' });

  const prepared = async (cooperative: string, index: number): Promise<string> => {
    const amounts = { pokok: 100_000, wajib: 20_000, pokokInParts: false };
    await send('setSimpananPolicy', { cooperative, from: '2025-01', ...amounts });
    await send('openUsp', { cooperative, licence: 'SK-1/2026', licensedOn: '2026-01-05' });
    const person = { nik: nikOf(index), name: nameOf(index), sex: 'L', address: 'Dusun Krajan' };
    const birthDate = `1985-01-0${1 + index}`;
    const details = { ...person, birthDate, ktpVillage: cooperative, joinedOn: today };
    const { member } = await send('admitMember', { cooperative, ...details }, 'member { id }');
    const { id } = member as { id: string };
    await depositOf(cooperative, id, 'POKOK', 100_000);
    return id;
  };

  /** The fields of a deposit of each version that the log holds. */
  const versions = async (): Promise<Map<number, string[]>> => {
    const log = await openEventStoreDb({ url: store, ...nodePlatform });
    const fields = new Map<number, string[]>();
    try {
      for await (const events of log.readAll({ filter: { types: [DEPOSITED] } })) {
        for (const { version, data } of events) fields.set(version, Object.keys(data as object));
      }
    } finally {
      await log.close();
    }
    return fields;
  };

  const shownOf = async (cooperative: string): Promise<Shown> => {
    const query = `{ cooperative(code: "${cooperative}") {
      simpananTotal journal(book: USP, first: 1) { totalCount } } }`;
    return ((await ask(query)).data as { cooperative: Shown }).cooperative;
  };

  const ended = async ({ child, ended }: Running) => {
    child.kill('SIGTERM');
    return ended;
  };

  beforeAll(async () => {
    next = await nextBuild(newFolder());
    const nats = await broker();
    const log = start('eventstore', ['--memory', '--port', '0'], {});
    store = await log.says(/esdb:\S+/);
    Object.assign(env, { NATS_URL: nats.url, EVENTSTORE_URL: store, LUMBUNG_DATA: newFolder() });
    ops = await freeAddress();
    const membership = await run('membership');
    const ledger = await run('ledger', { LUMBUNG_OPS: ops });
    const reporting = await run('reporting');
    const gateway = await run('gateway');
    old = { membership, ledger, reporting, gateway };
    address = await addressOf(gateway);
  }, 60_000);

  it('loses nothing, parks what is too old and says so, and ends with all of it read', async () => {
    const members = await Promise.all(COOPERATIVES.map(prepared));
    const deposits = new Map(COOPERATIVES.map((cooperative) => [cooperative, 0]));
    let isOver = false;
    const clients = Promise.all(
      COOPERATIVES.map(async (cooperative, index) => {
        while (!isOver) {
          await depositOf(cooperative, members[index] as string, 'SUKARELA', 1_000);
          deposits.set(cooperative, (deposits.get(cooperative) ?? 0) + 1);
        }
      }),
    );
    const done = () => [...deposits.values()].reduce((sum, count) => sum + count, 0);
    await until(
      async () => done(),
      (count) => count >= 20,
    );
    await run('ledger', { LUMBUNG_INSTANCE: '2' }, next);
    const both = await until(versions, (counts) => counts.has(2));
    const golden = JSON.parse(await readFile(GOLDEN, 'utf8')) as { data: object };
    expect([...both.keys()].sort()).toEqual([1, 2]);
    expect(Object.keys(golden.data)).toEqual(expect.arrayContaining(both.get(1) as string[]));
    expect(both.get(2)).toContain('receipt');
    // The older instance goes on with what it knows, and says what it waits for.
    const told = await until(
      async () => (await fetch(`http://${ops}/health/ready`)).json(),
      (body) => JSON.stringify(body).includes(DEPOSITED),
    );
    expect(JSON.stringify(told)).toContain(`"type":"${DEPOSITED}","version":2`);
    expect(old.ledger.child.exitCode).toBeNull();
    await run('reporting', { LUMBUNG_INSTANCE: '2' }, next);
    for (const one of [old.ledger, old.reporting, old.membership]) {
      expect(await ended(one)).toMatchObject({ code: 0 });
    }
    await run('membership', {}, next);
    await ended(old.gateway);
    address = await addressOf(await run('gateway', {}, next));
    const before = done();
    await until(
      async () => done(),
      (count) => count >= before + 20,
    );
    isOver = true;
    await clients;
    for (const cooperative of COOPERATIVES) {
      const count = deposits.get(cooperative) ?? 0;
      const { journal, simpananTotal } = await shownOf(cooperative);
      expect([cooperative, journal.totalCount, simpananTotal]).toEqual([
        cooperative,
        count,
        100_000 + 1_000 * count,
      ]);
    }
    const verified = await start('lumbung', ['verify', '--json'], env, next).ended;
    expect(JSON.parse(verified.said)).toMatchObject({ findings: [] });
    const rebuilt = await start('lumbung', ['rebuild', '--json'], env, next).ended;
    expect(rebuilt).toMatchObject({ code: 0 });
  }, 180_000);
});
