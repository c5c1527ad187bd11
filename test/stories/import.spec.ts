import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { begin, end, run, type Server, stage } from './lumbung.js';
import { COLUMNS, csvOf, nameOf, nikOf, PARE, rowOf } from './villagers.js';

const { newFolder, serve: serveHere } = stage();

const MEMBERS = `query ($after: String) { cooperative(code: "${PARE}") { members(first: 500,
  after: $after) { totalCount nodes { id number name status joinedOn
    simpanan { pokok wajib sukarela } } pageInfo { hasNextPage endCursor } } } }`;

const COUNT = `{ cooperative(code: "${PARE}") { members(first: 1) { totalCount } } }`;

type Member = { id: string; number: number; name: string; simpanan: { pokok: number } };
type Members = { cooperative: { members: { totalCount: number; nodes: Member[] } } };

const membersOf = async ({ ask }: Server) => (await ask<Members>(MEMBERS)).cooperative.members;

const found = async (folder: string): Promise<Server> => {
  const server = await serveHere(folder, ['--empty']);
  const cooperative = PARE;
  await server.send('registerCooperative', { cooperative });
  const amounts = { pokok: 100_000, wajib: 20_000, pokokInParts: false };
  await server.send('setSimpananPolicy', { cooperative, from: '2025-01', ...amounts });
  await server.send('openUsp', { cooperative, licence: 'SK-1/2025', licensedOn: '2025-01-05' });
  return server;
};

const fileIn = async (folder: string, name: string, content: string | Uint8Array) => {
  const file = join(dirname(folder), name);
  await writeFile(file, content);
  return file;
};

const imported = (folder: string, file: string, ...options: string[]) =>
  run(folder, 'import', 'members', file, '--cooperative', PARE, ...options);

type Told = {
  remarks: { line: number; field: string; code: string; sentence: string; severity: string }[];
  rows: number;
  badRows: number;
  imported: number;
  importedBefore: number;
};

const told = async (folder: string, file: string, ...options: string[]) => {
  const { code, stdout } = await imported(folder, file, '--json', ...options);
  return { code, ...(JSON.parse(stdout) as Told) };
};

const replayed = async (folder: string) =>
  JSON.parse((await run(folder, 'replay', '--json')).stdout) as {
    events: number;
    books: { book: string; balances: { account: string; balance: number }[] }[];
  };

const rowWith = (index: number, changes: Record<string, string>) =>
  rowOf(index).map((value, place) => changes[COLUMNS[place] ?? ''] ?? value);

const villagers = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) =>
    rowWith(first + index, { simpanan_sukarela: index % 2 === 0 ? '5000' : '' }),
  );

describe('a paper register with mistakes', () => {
  let folder: string;
  let server: Server;
  let file: string;
  const rows = [
    rowOf(0),
    rowWith(1, { nik: '3.50699E+15' }),
    rowWith(2, { tanggal_lahir: '03/01/1985', tanggal_masuk: '01/08/2025' }),
    rowWith(3, { jenis_kelamin: 'Pria', simpanan_pokok: '250000' }),
    rowWith(4, { nik: nikOf(0) }),
    rowWith(5, { kode_desa_ktp: '35.06.17.2010' }),
    [...rowOf(6), 'lebih'],
    rowWith(7, { simpanan_pokok: '50000', simpanan_sukarela: '5000' }),
  ];

  beforeAll(async () => {
    folder = await newFolder();
    server = await found(folder);
    file = await fileIn(folder, 'anggota.csv', csvOf(rows));
  });

  it('has each told by line, field and code, and no value repeated', async () => {
    const { remarks, ...counts } = await told(folder, file);
    expect(counts).toMatchObject({ code: 1, rows: 8, badRows: 5, imported: 0 });
    expect(remarks.map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual([
      '3 nik NIK_MALFORMED',
      '5 jenis_kelamin SEX_MALFORMED',
      '6 nik NIK_TWICE_IN_FILE',
      '6 tanggal_lahir BIRTH_DATE_DIFFERS_FROM_NIK',
      '7 kode_desa_ktp KTP_VILLAGE_DIFFERS',
      '8 baris CSV_COLUMN_COUNT',
      '9 simpanan_sukarela MEMBER_STILL_CALON',
    ]);
    const text = JSON.stringify(remarks);
    for (const value of [nikOf(0), 'Pria', nameOf(3), '250000']) expect(text).not.toContain(value);
  });

  it('writes nothing while one is left, nor when it is only looked at', async () => {
    const before = await replayed(folder);
    expect(await imported(folder, file)).toMatchObject({ code: 1 });
    const good = await fileIn(folder, 'good.csv', csvOf([rowOf(0)]));
    expect(await imported(folder, good, '--dry-run')).toMatchObject({ code: 0 });
    expect(await replayed(folder)).toEqual(before);
    expect((await membersOf(server)).totalCount).toBe(0);
  });

  it('has its good rows taken, in their order, and the others left to mend', async () => {
    const { code, ...counts } = await told(folder, file, '--only-good');
    expect({ code, ...counts }).toMatchObject({ code: 1, badRows: 5, imported: 3 });
    const { nodes } = await membersOf(server);
    expect(nodes.map(({ number, name }) => `${number} ${name}`)).toEqual(
      [0, 2, 5].map((index, place) => `${place + 1} ${nameOf(index)}`),
    );
    const left = (await readFile(`${file}.bad.csv`, 'utf8')).trim().split('\r\n');
    expect(left).toEqual(
      [COLUMNS, ...[1, 3, 4, 6, 7].map((index) => rows[index])].map((row) => row?.join(',')),
    );
  });

  it('changes nothing when it is run again', async () => {
    const before = await replayed(folder);
    const again = await told(folder, file, '--only-good');
    expect(again).toMatchObject({ badRows: 5, imported: 0, importedBefore: 3 });
    expect(await replayed(folder)).toEqual(before);
  });

  it('has its bad rows taken once they are mended', async () => {
    const mended = csvOf([rowOf(1), rowOf(3), rowOf(4), rowOf(6), rowOf(7)]);
    const bad = await fileIn(folder, 'anggota.csv.bad.csv', mended);
    expect(await told(folder, bad)).toMatchObject({ code: 0, badRows: 0, imported: 5 });
    expect((await membersOf(server)).nodes.map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(await run(folder, 'verify')).toMatchObject({ code: 0 });
  });

  it('is refused in another file, where all of it has been taken', async () => {
    const whole = await fileIn(folder, 'whole.csv', csvOf(rows.map((_, index) => rowOf(index))));
    const { remarks, ...counts } = await told(folder, whole);
    expect(counts).toMatchObject({ code: 1, badRows: 8, imported: 0 });
    expect(new Set(remarks.map(({ code }) => code))).toEqual(new Set(['ALREADY_MEMBER_HERE']));
  });
});

describe('a register', () => {
  it('brings what was held before, against 1909: no cash is invented', async () => {
    const folder = await newFolder();
    await end(await found(folder));
    const rows = [
      rowWith(0, { simpanan_pokok: '100.000', simpanan_wajib: '60.000' }),
      rowWith(1, { simpanan_wajib: '', simpanan_sukarela: '5000' }),
      rowWith(2, { simpanan_pokok: '', simpanan_wajib: '' }),
    ];
    const file = await fileIn(folder, 'anggota.csv', csvOf(rows));
    expect(await imported(folder, file, '--cut-over', '2025-08-31')).toMatchObject({ code: 0 });
    const { books } = await replayed(folder);
    const balances = books.map(({ book, balances }) => [
      book,
      Object.fromEntries(balances.map(({ account, balance }) => [account, balance])),
    ]);
    expect(Object.fromEntries(balances)).toEqual({
      UMUM: { 1909: 260_000, 3101: -200_000, 3102: -60_000 },
      USP: { 1909: 5_000, 2101: -5_000 },
    });
    const before = await run(folder, 'replay', '--json', '--as-of', '2025-08-30');
    expect(JSON.parse(before.stdout)).toMatchObject({ journals: 0 });
    const server = await serveHere(folder, ['--empty']);
    const { nodes } = await membersOf(server);
    expect(nodes.map((node) => [node.number, node.simpanan.pokok])).toEqual([
      [1, 100_000],
      [2, 100_000],
      [3, 0],
    ]);
  });

  it('comes in the same however a spreadsheet has written it', async () => {
    const plain = csvOf(villagers(3));
    const indonesian = villagers(3).map((row) =>
      row.map((value) => value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1')),
    );
    const quoted = csvOf(indonesian)
      .split('\n')
      .map((line) =>
        line
          .split(',')
          .map((value) => `"${value}"`)
          .join(';'),
      );
    const states: unknown[] = [];
    for (const content of [plain, `\ufeff${quoted.join('\r\n')}\r\n;;;\r\n`]) {
      const folder = await newFolder();
      const server = await found(folder);
      const file = await fileIn(folder, 'anggota.csv', content);
      expect(await imported(folder, file)).toMatchObject({ code: 0 });
      const { nodes } = await membersOf(server);
      states.push(nodes.map(({ id, ...member }) => member));
      await end(server);
    }
    expect(states[1]).toEqual(states[0]);
    expect(states[0]).toHaveLength(3);
  });

  it('ends the same when it, and the server, are killed in its midst', async () => {
    const rows = csvOf(villagers(250));
    const [undisturbed, folder] = [await newFolder(), await newFolder()];
    const other = await found(undisturbed);
    expect(await imported(undisturbed, await fileIn(undisturbed, 'a.csv', rows))).toMatchObject({
      code: 0,
    });

    const server = await found(folder);
    const file = await fileIn(folder, 'a.csv', rows);
    const killed = begin(folder, 'import', 'members', file, '--cooperative', PARE);
    const reached = async (count: number): Promise<void> => {
      const { cooperative } = await server.ask<Members>(COUNT);
      if (cooperative.members.totalCount >= count) return;
      // Asked without a breath, the server would have no time to import.
      await setTimeout(20);
      await reached(count);
    };
    await reached(40);
    await end(killed, 'SIGKILL');
    const beside = begin(folder, 'import', 'members', file, '--cooperative', PARE);
    await reached(140);
    await end(server, 'SIGKILL');
    expect((await beside.ended).code).toBe(1);

    const alone = await told(folder, file);
    expect(alone).toMatchObject({ code: 0, badRows: 0 });
    expect(alone.importedBefore).toBeGreaterThanOrEqual(140);
    expect(alone.imported + alone.importedBefore).toBe(250);
    expect((await replayed(folder)).books).toEqual((await replayed(undisturbed)).books);
    expect((await replayed(folder)).events).toBe((await replayed(undisturbed)).events);
    expect(await run(folder, 'verify')).toMatchObject({ code: 0 });
    const restarted = await serveHere(folder, ['--empty']);
    expect(await membersOf(restarted)).toEqual(await membersOf(other));
  });

  it('that brings money is not taken from a cashier, not in part either', async () => {
    const folder = await newFolder();
    const server = await found(folder);
    await run(folder, 'user', 'add', 'siti', '--role', 'kasir');
    const file = await fileIn(folder, 'a.csv', csvOf(villagers(2)));
    const { code, stderr } = await imported(folder, file, '--user', 'siti');
    expect(code).toBe(1);
    expect(stderr).toContain('[NOT_PERMITTED]');
    expect((await membersOf(server)).totalCount).toBe(0);
    const names = csvOf([rowWith(0, { simpanan_pokok: '', simpanan_wajib: '' })]);
    const without = await fileIn(folder, 'b.csv', names);
    expect(await imported(folder, without, '--user', 'siti')).toMatchObject({ code: 0 });
  });

  it('of people who are in two cooperatives makes two members of each', async () => {
    const folder = await newFolder();
    const server = await found(folder);
    const TERTEK = '35.06.17.2010';
    await server.send('registerCooperative', { cooperative: TERTEK });
    const rows = [0, 1].map((index) => rowWith(index, { simpanan_pokok: '', simpanan_wajib: '' }));
    const file = await fileIn(folder, 'a.csv', csvOf(rows));
    expect(await imported(folder, file)).toMatchObject({ code: 0 });
    const elsewhere = await run(folder, 'import', 'members', file, '--cooperative', TERTEK);
    expect(elsewhere.stdout).toContain('2 anggota tercatat');
    const query = MEMBERS.replace(PARE, TERTEK);
    const there = (await server.ask<Members>(query)).cooperative.members.nodes;
    const here = (await membersOf(server)).nodes;
    expect(there.map(({ name }) => name)).toEqual(here.map(({ name }) => name));
    expect(new Set([...here, ...there].map(({ id }) => id)).size).toBe(4);
  });
});

describe('what is no register', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await newFolder();
    await found(folder);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'CSV_EMPTY'],
    ['a file of other columns', 'nama,umur\nA,1\n', 'CSV_COLUMNS_MISSING'],
    ['a file without titles', csvOf([rowOf(0)]).split('\n')[1] ?? '', 'CSV_HEADER_MISSING'],
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00\xff\xfe', 'latin1'), 'CSV_NOT_UTF8'],
    ['a quote left open', `${csvOf([rowOf(0)])}\n"350699`, 'CSV_QUOTE_NOT_CLOSED'],
  ])('is refused in words: %s', async (_, content, code) => {
    const { stderr, ...ended } = await imported(folder, await fileIn(folder, 'a.csv', content));
    expect(ended.code).toBe(1);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).not.toContain('    at ');
  });

  it('is refused when it is a folder, or nothing', async () => {
    const directory = join(dirname(folder), 'register');
    await mkdir(directory);
    expect(await imported(folder, directory)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[EISDIR]'),
    });
    expect(await imported(folder, join(directory, 'none.csv'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none.csv'),
    });
  });
});
