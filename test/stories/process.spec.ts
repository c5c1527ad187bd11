import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { begin, end, run, type Server, stage } from './lumbung.js';
import { csvOf, nameOf, PARE, rowOf } from './villagers.js';

const { newFolder, serve: serveHere } = stage();

const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format();
const thisMonth = () => today().slice(0, 7);

const BALANCES = '{ pokok wajib sukarela owed }';
const EVERYTHING = `{
  regency(code: "35.06") {
    name cooperativeCount startedCount memberCount candidateCount
    simpanan { pokok wajib sukarela total }
    districts { code name cooperativeCount memberCount simpananTotal }
  }
  cooperatives(regency: "35.06", first: 500) {
    totalCount nodes { code name memberCount simpananTotal lastEntryOn }
  }
  cooperative(code: "${PARE}") {
    name memberCount
    members(first: 100) { totalCount nodes { id number name joinedOn status simpanan ${BALANCES} } }
    journal(book: UMUM, first: 100) {
      totalCount
      nodes { number date description actor recordedAt
        lines { account { code name } debit credit } }
    }
  }
}`;

type Members = {
  cooperative: { members: { nodes: { id: string; name: string; status: string }[] } };
};

const membersOf = async ({ ask }: Server) => {
  const query = `{ cooperative(code: "${PARE}") { members(first: 100) {
    nodes { id name status } } } }`;
  return (await ask<Members>(query)).cooperative.members.nodes;
};

const policy = { cooperative: PARE, from: '2025-01', pokok: 100_000, wajib: 20_000 };
const setPolicy = ({ send }: Server) =>
  send('setSimpananPolicy', { ...policy, pokokInParts: false });

const wajib = (member: string) => ({
  ...{ cooperative: PARE, member, kind: 'WAJIB', month: thisMonth(), amount: 20_000 },
  ...{ date: today(), channel: 'KAS' },
});

describe('a cooperative of Kediri', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = await newFolder();
    server = await serveHere(folder);
  });

  it('is one of 344 that the first start registers, by name', async () => {
    const query = `{ cooperatives(regency: "35.06", first: 1) { totalCount nodes { name } }
      regency(code: "35.06") { name cooperativeCount districts { code } }
      cooperative(code: "${PARE}") { name } }`;
    const { cooperatives, regency, cooperative } = await server.ask<{
      cooperatives: { totalCount: number };
      regency: { name: string; cooperativeCount: number; districts: unknown[] };
      cooperative: { name: string };
    }>(query);
    expect(cooperatives.totalCount).toBe(344);
    expect(regency.cooperativeCount).toBe(344);
    expect(regency.districts).toHaveLength(26);
    expect(cooperative.name).toBe('Koperasi Kelurahan Merah Putih Pare');
  });

  it('takes its paper register in beside the running server, once', async () => {
    await setPolicy(server);
    const file = `${folder}.csv`;
    await writeFile(file, csvOf(Array.from({ length: 8 }, (_, index) => rowOf(index))));
    const imported = () => run(folder, 'import', 'members', file, '--cooperative', PARE, '--json');
    const first = await imported();
    expect(first).toMatchObject({ code: 0 });
    const before = await server.ask(EVERYTHING);
    expect(await membersOf(server)).toHaveLength(8);
    expect((await membersOf(server)).map(({ status }) => status)).toEqual(Array(8).fill('ANGGOTA'));
    expect(await imported()).toMatchObject({ code: 0 });
    expect(await server.ask(EVERYTHING)).toEqual(before);
  });

  it('answers the same after a kill -9 as before it', async () => {
    const members = await membersOf(server);
    expect(members[0]?.name).toBe(nameOf(0));
    for (const { id } of members.slice(0, 5)) await server.send('depositSimpanan', wajib(id));
    const before = await server.ask(EVERYTHING);
    await end(server, 'SIGKILL');
    server = await serveHere(folder);
    expect(await server.ask(EVERYTHING)).toEqual(before);
  });

  it('answers a command that was sent twice over a kill as it did the first time', async () => {
    const [, , , , , sixth] = await membersOf(server);
    const once = { commandId: randomUUID(), issuedAt: new Date().toISOString() };
    const input = { ...wajib(sixth?.id ?? ''), ...once };
    const selection = 'voucher position member { simpanan { wajib } }';
    const first = await server.send('depositSimpanan', input, selection);
    await end(server, 'SIGKILL');
    server = await serveHere(folder);
    expect(await server.send('depositSimpanan', input, selection)).toEqual(first);
  });

  it('has figures that every other way of counting agrees with', async () => {
    const verified = await run(folder, 'verify', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ findings: [] });
    expect(verified.code).toBe(0);
    const replayed = await run(folder, 'replay', '--cooperative', PARE, '--json');
    const [book] = JSON.parse(replayed.stdout).books;
    expect(book).toMatchObject({ cooperative: PARE, book: 'UMUM', journals: 14 });
    expect(book.balances).toEqual([
      { account: '1101', balance: 120_000 },
      { account: '1909', balance: 960_000 },
      { account: '3101', balance: -800_000 },
      { account: '3102', balance: -280_000 },
    ]);
  });

  it('reads the same when its projections are built anew', async () => {
    const before = await server.ask(EVERYTHING);
    const { code, stdout } = await run(folder, 'rebuild', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual({ projection: 'journal', written: 14 });
    expect(await server.ask(EVERYTHING)).toEqual(before);
  });

  it('gets another user beside the running server, who may do what his role says', async () => {
    expect(await run(folder, 'user', 'add', 'siti', '--role', 'kasir')).toMatchObject({ code: 0 });
    const me = '{ me { name role } }';
    expect(await server.ask(me, {}, 'siti')).toEqual({ me: { name: 'siti', role: 'kasir' } });
    const close = 'mutation ($input: CloseMonthInput!) { closeMonth(input: $input) { position } }';
    const input = { cooperative: PARE, book: 'UMUM', month: '2025-01' };
    const command = { commandId: randomUUID(), issuedAt: new Date().toISOString(), ...input };
    const { errors } = await server.post(close, { input: command }, 'siti');
    expect(errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
  });

  it('is held by one server, whose address another is told', async () => {
    const second = await run(folder, 'serve', '--port', '0');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(server.address);
    expect(second.stderr).toContain('FOLDER_IN_USE');
  });

  it('keeps all that it acknowledged when it is told to stop under load', async () => {
    const licence = { licence: 'SK-1/2026', licensedOn: '2026-01-05' };
    await server.send('openUsp', { cooperative: PARE, ...licence });
    const [saver] = await membersOf(server);
    const input = { cooperative: PARE, member: saver?.id, kind: 'SUKARELA', amount: 1_000 };
    const saving = { ...input, date: today(), channel: 'KAS' };
    let acknowledged = 0;
    let stopping: ReturnType<typeof end> | undefined;
    const save = async (): Promise<void> => {
      const answered = await server.send('depositSimpanan', saving).catch(() => undefined);
      if (!answered) return;
      acknowledged += 1;
      if (acknowledged === 100) stopping = end(server);
      await save();
    };
    await Promise.all(Array.from({ length: 16 }, save));
    expect(await stopping).toMatchObject({ code: 0 });
    server = await serveHere(folder);
    const query = `{ cooperative(code: "${PARE}") { simpananTotal journal(book: USP, first: 1) {
      totalCount } } }`;
    const { cooperative } = await server.ask<{
      cooperative: { journal: { totalCount: number } };
    }>(query);
    expect(cooperative.journal.totalCount).toBe(acknowledged);
  });
});

describe('a data folder', () => {
  it('belongs to one regency', async () => {
    const folder = await newFolder();
    await end(await serveHere(folder, ['--empty', '--regency', '35.71']));
    const other = await run(folder, 'serve', '--regency', '35.06', '--port', '0');
    expect(other).toMatchObject({ code: 1 });
    expect(other.stderr).toContain('REGENCY_DIFFERS');
    const { ask } = await serveHere(folder, ['--empty']);
    expect(await ask('{ platform { regency regencyName } }')).toEqual({
      platform: { regency: '35.71', regencyName: 'Kota Kediri' },
    });
  });

  it('that is a file is refused in words', async () => {
    const folder = await newFolder();
    await writeFile(folder, '');
    const { code, stderr } = await run(folder, 'serve', '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain('[EEXIST]');
    expect(stderr).not.toContain('    at ');
  });
});

describe('the address', () => {
  it('answers under its own name only', async () => {
    const { address } = await serveHere(await newFolder(), ['--empty']);
    const statusOf = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${address}/health/live`, { headers }, ({ statusCode }) => resolve(statusCode))
          .on('error', reject)
          .end();
      });
    const { host } = new URL(address);
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ host: 'lumbung.example' })).toBe(403);
    expect(await statusOf({ origin: 'https://lumbung.example' })).toBe(403);
    expect(await statusOf({ host, origin: address })).toBe(200);
  });

  it('that somebody else uses is told in words', async () => {
    const { address } = await serveHere(await newFolder(), ['--empty']);
    const { port } = new URL(address);
    const second = begin(await newFolder(), 'serve', '--empty', '--port', port);
    const { code, stderr } = await second.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('[EADDRINUSE]');
  });
});
