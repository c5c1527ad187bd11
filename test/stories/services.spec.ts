import { writeFile } from 'node:fs/promises';
import { describeWithNats } from '../faults/processes.js';
import { end, run, type Server, stage } from './lumbung.js';
import { csvOf, PARE, rowOf } from './villagers.js';

const MEMBERS = 8;

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

const { newFolder, serveServices } = stage();

/** The process that a service has now, as the one that starts them told last. */
const processOf = (server: Server, name: string): number => {
  const told = server.said().matchAll(new RegExp(`${name}.* sebagai proses (\\d+)`, 'g'));
  return Number([...told].at(-1)?.[1]);
};

type Counted = { cooperative: { journal: { totalCount: number } } };

describeWithNats('services in processes of their own', () => {
  let folder: string;
  let server: Server;
  let members: string[];

  beforeAll(async () => {
    folder = await newFolder();
    server = await serveServices(folder);
    const amounts = { pokok: 100_000, wajib: 20_000, pokokInParts: false };
    await server.send('setSimpananPolicy', { cooperative: PARE, from: '2025-01', ...amounts });
    const licence = { licence: 'SK-1/2026', licensedOn: '2026-01-05' };
    await server.send('openUsp', { cooperative: PARE, ...licence });
    const file = `${folder}.csv`;
    await writeFile(file, csvOf(Array.from({ length: MEMBERS }, (_, index) => rowOf(index))));
    expect(
      await run(folder, 'import', 'members', file, '--cooperative', PARE, '--json'),
    ).toMatchObject({ code: 0 });
    const query = `{ cooperative(code: "${PARE}") { members(first: 100) { nodes { id } } } }`;
    const { cooperative } = await server.ask<{
      cooperative: { members: { nodes: { id: string }[] } };
    }>(query);
    members = cooperative.members.nodes.map(({ id }) => id);
  });

  const journals = async () => {
    const query = `{ cooperative(code: "${PARE}") {
      journal(book: USP, first: 1) { totalCount } } }`;
    return (await server.ask<Counted>(query)).cooperative.journal.totalCount;
  };

  it('show what was done at once', async () => {
    expect(members).toHaveLength(MEMBERS);
    const money = { kind: 'SUKARELA', amount: 1_000, date: today, channel: 'KAS' };
    await server.send('depositSimpanan', { cooperative: PARE, member: members[0], ...money });
    expect(await journals()).toBe(1);
  });

  it('read the same when all is read anew', async () => {
    const query = `{ cooperative(code: "${PARE}") { simpananTotal memberCount
      members(first: 100) { nodes { id name simpanan { pokok wajib sukarela } } } } }`;
    const before = await server.ask(query);
    expect(await run(folder, 'rebuild')).toMatchObject({ code: 0 });
    expect(await server.ask(query)).toEqual(before);
  });

  it('stop in order when they are asked to', async () => {
    expect(await end(server, 'SIGINT')).toMatchObject({ code: 0 });
    expect(() => process.kill(processOf(server, 'nats'), 0)).toThrow('ESRCH');
  });
});
