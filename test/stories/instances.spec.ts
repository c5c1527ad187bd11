import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { mongoDouble } from '#lumbung/read-store/testing';
import { describeWithNats } from '../faults/processes.js';
import { end, run, type Server, stage } from './lumbung.js';
import { csvOf, PARE, rowOf } from './villagers.js';

const CLIENTS = 8;
const VICTIMS = ['ledger-1', 'membership-2', 'ledger-2', 'reporting-1', 'membership-1'];
const AFTER_MS = 500;
const LONGEST_ANSWER_MS = 30_000;

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

const { newFolder, serveServices } = stage();

const processOf = (server: Server, name: string): number => {
  const told = server.said().matchAll(new RegExp(`${name}.* sebagai proses (\\d+)`, 'g'));
  return Number([...told].at(-1)?.[1]);
};

const killed = async (server: Server, name: string): Promise<void> => {
  const pid = processOf(server, name);
  process.kill(pid, 'SIGKILL');
  while (processOf(server, name) === pid) await setTimeout(50);
};

type Counted = { cooperative: { journal: { totalCount: number } } };
type Deposited = { position: string };

type Environment = Record<string, string>;

const double = mongoDouble();
afterAll(() => double.stop());

const STORES: [string, () => Promise<Environment>][] = [
  ['read stores of their own', async () => ({})],
  [
    'one MongoDB (a double of it)',
    async () => {
      await double.start();
      return { MONGODB_URL: double.url };
    },
  ],
];

describeWithNats.each(STORES)('two instances of each service, on %s', (_, environment) => {
  let folder: string;
  let server: Server;
  let members: string[];

  beforeAll(async () => {
    folder = await newFolder();
    server = await serveServices(folder, { LUMBUNG_INSTANCES: '2', ...(await environment()) });
    const amounts = { pokok: 100_000, wajib: 20_000, pokokInParts: false };
    await server.send('setSimpananPolicy', { cooperative: PARE, from: '2025-01', ...amounts });
    const licence = { licence: 'SK-1/2026', licensedOn: '2026-01-05' };
    await server.send('openUsp', { cooperative: PARE, ...licence });
    const file = `${folder}.csv`;
    await writeFile(file, csvOf(Array.from({ length: CLIENTS }, (_, index) => rowOf(index))));
    const imported = ['import', 'members', file, '--cooperative', PARE, '--json'];
    expect(await run(folder, ...imported)).toMatchObject({ code: 0 });
    const query = `{ cooperative(code: "${PARE}") { members(first: 100) { nodes { id } } } }`;
    const { cooperative } = await server.ask<{
      cooperative: { members: { nodes: { id: string }[] } };
    }>(query);
    members = cooperative.members.nodes.map(({ id }) => id);
  }, 180_000);

  const commandOf = (member: string) => ({
    ...{ commandId: randomUUID(), issuedAt: new Date().toISOString() },
    ...{ cooperative: PARE, member, kind: 'SUKARELA', amount: 1_000, date: today, channel: 'KAS' },
  });

  /** Sends a command under its id until it is answered. */
  const deposit = async (command: ReturnType<typeof commandOf>): Promise<Deposited> => {
    const until = performance.now() + LONGEST_ANSWER_MS;
    for (;;) {
      try {
        return await server.send<Deposited>('depositSimpanan', command);
      } catch (failure) {
        if (performance.now() > until) throw failure;
        await setTimeout(50);
      }
    }
  };

  const journals = async () => {
    const query = `{ cooperative(code: "${PARE}") {
      journal(book: USP, first: 1) { totalCount } } }`;
    return (await server.ask<Counted>(query)).cooperative.journal.totalCount;
  };

  it('lose nothing and do nothing twice while each is killed in turn', async () => {
    const before = await journals();
    let deposits = 0;
    let isOver = false;
    const client = async (member: string) => {
      while (!isOver) {
        await deposit(commandOf(member));
        deposits += 1;
      }
    };
    const clients = Promise.all(members.map(client));
    for (const victim of VICTIMS) {
      await setTimeout(AFTER_MS);
      await killed(server, victim);
    }
    isOver = true;
    await clients;
    expect(await journals()).toBe(before + deposits);
    process.stderr.write(`${VICTIMS.length} killed, ${deposits} deposits\n`);
  }, 300_000);

  it('answer a command once, whichever of them it comes to', async () => {
    const before = await journals();
    const command = commandOf(members[0] as string);
    const first = await deposit(command);
    for (const victim of ['ledger-1', 'ledger-2']) {
      await killed(server, victim);
      expect(await deposit(command)).toEqual(first);
    }
    expect(await journals()).toBe(before + 1);
  }, 120_000);

  it('verify, and show the same whichever of them is asked', async () => {
    const query = `{ cooperative(code: "${PARE}") { simpananTotal memberCount
      members(first: 100) { nodes { id name simpanan { pokok wajib sukarela } } } } }`;
    const shown = await Promise.all(Array.from({ length: 16 }, () => server.ask(query)));
    for (const one of shown) expect(one).toEqual(shown[0]);
    const verified = await run(folder, 'verify', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ findings: [] });
    expect(await end(server, 'SIGINT')).toMatchObject({ code: 0 });
  }, 180_000);
});
