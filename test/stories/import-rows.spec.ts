import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { runCli } from '#lumbung/cli';
import { type Server, stage } from './lumbung.js';
import { COLUMNS, nameOf, rowOf } from './villagers.js';

const { newFolder, serve: serveHere } = stage();

let folder: string;
let files: string;
let server: Server;
let cooperatives: string[];

type Listed = { cooperatives: { nodes: { code: string }[] } };

beforeAll(async () => {
  folder = await newFolder();
  files = await mkdtemp(join(tmpdir(), 'lumbung-rows-'));
  server = await serveHere(folder);
  const query = '{ cooperatives(regency: "35.06", first: 100) { nodes { code } } }';
  cooperatives = (await server.ask<Listed>(query)).cooperatives.nodes.map(({ code }) => code);
});
afterAll(() => rm(files, { recursive: true }));

/** Runs a command of the line in this process, beside the server. */
const command = async (...args: string[]): Promise<{ said: string; code: unknown }> => {
  const { log } = console;
  const { LUMBUNG_DATA } = process.env;
  const said: string[] = [];
  console.log = (text: string) => said.push(text);
  process.env.LUMBUNG_DATA = folder;
  process.exitCode = 0;
  try {
    await runCli(['node', 'lumbung', ...args], () => {
      throw new Error('the folder is the server’s');
    });
    return { said: said.join('\n'), code: process.exitCode };
  } finally {
    console.log = log;
    process.exitCode = 0;
    process.env.LUMBUNG_DATA = LUMBUNG_DATA;
  }
};

const BAD = {
  nik: (row: string[]) => row.with(0, '3506993201850001'),
  name: (row: string[]) => row.with(1, ' '),
  sex: (row: string[]) => row.with(2, '?'),
  birthDate: (row: string[]) => row.with(3, '1985-02-30'),
  village: (row: string[]) => row.with(5, '35.06.17.1999'),
  phone: (row: string[]) => row.with(6, 'ada'),
  joined: (row: string[]) => row.with(7, '2999-01-01'),
  pokok: (row: string[]) => row.with(8, '100001'),
  wajib: (row: string[]) => row.with(9, '-1'),
  sukarela: (row: string[]) => row.with(10, '1'),
  twice: (row: string[], before: string[] | undefined) => row.with(0, before?.[0] ?? '1'),
  width: (row: string[]) => [...row, ''],
};

type Kind = 'good' | keyof typeof BAD;

const kinds = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Kind>('good') },
    { weight: 2, arbitrary: fc.constantFrom(...(Object.keys(BAD) as Kind[])) },
  ),
  { minLength: 1, maxLength: 9 },
);

/** Rows of these kinds; one that repeats a number repeats that of the last good row before it. */
const rowsOf = (file: readonly Kind[]): string[][] => {
  let before: string[] | undefined;
  return file.map((kind, index) => {
    const row = rowOf(index);
    if (kind !== 'good') return BAD[kind](row, before);
    before = row;
    return row;
  });
};

type Member = { number: number; name: string; simpanan: { pokok: number; wajib: number } };
type Register = { cooperative: { members: { nodes: Member[] } } };

const register = async (code: string) => {
  const query = `{ cooperative(code: "${code}") { members(first: 50) { nodes {
    id number name simpanan { pokok wajib sukarela } } } } }`;
  return (await server.ask<Register>(query)).cooperative.members.nodes;
};

const head = async () => JSON.parse((await command('replay', '--json')).said).events as number;

describe('of any file of rows, good and bad', () => {
  it('the good come in, in their order, without a gap; a second run changes nothing', async () => {
    let used = 0;
    await fc.assert(
      fc.asyncProperty(kinds, async (file) => {
        const cooperative = cooperatives[used++] ?? '';
        const amounts = { pokok: 100_000, wajib: 20_000, pokokInParts: true };
        await server.send('setSimpananPolicy', { cooperative, from: '2025-01', ...amounts });
        const path = join(files, `${used}.csv`);
        const lines = [COLUMNS, ...rowsOf(file)].map((row) => row.join(','));
        await writeFile(path, lines.join('\n'));
        const args = ['import', 'members', path, '--cooperative', cooperative, '--json'];
        const good = file.flatMap((kind, index) => (kind === 'good' ? [index] : []));
        const badRows = file.length - good.length;
        const code = badRows > 0 ? 1 : 0;

        const whole = await command(...args);
        expect(whole.code).toBe(code);
        expect(JSON.parse(whole.said)).toMatchObject({ rows: file.length, badRows });
        if (badRows > 0) expect(await register(cooperative)).toEqual([]);

        expect((await command(...args, '--only-good')).code).toBe(code);
        const members = await register(cooperative);
        expect(members.map(({ number, name }) => [number, name])).toEqual(
          good.map((index, place) => [place + 1, nameOf(index)]),
        );
        for (const { simpanan } of members) {
          expect(simpanan).toEqual({ pokok: 100_000, wajib: 20_000, sukarela: 0 });
        }

        const before = await head();
        const again = JSON.parse((await command(...args, '--only-good')).said);
        expect(again).toMatchObject({ badRows, imported: 0, importedBefore: good.length });
        expect(await head()).toBe(before);
        expect(await register(cooperative)).toEqual(members);
      }),
      { numRuns: 25 },
    );
    const verified = JSON.parse((await command('verify', '--json')).said);
    expect(verified).toMatchObject({ findings: [] });
  });
});
