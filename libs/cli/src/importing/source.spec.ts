import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { date } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { busOf, CALLER, PARE } from '../testing/office.js';
import { checkedRows, hashOf, inChunks } from './source.js';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-source-'));
  file = join(folder, 'anggota.csv');
});
afterAll(() => rm(folder, { recursive: true }));

const TITLES = 'nik,nama,jenis_kelamin,tanggal_lahir,alamat,kode_desa_ktp,tanggal_masuk';
const row = (serial: string, village: string) =>
  `350699010190${serial},Orang,L,1990-01-01,,${village},2026-01-05`;

const reading = async (...rows: string[]) => {
  await writeFile(file, [TITLES, ...rows].join('\n'));
  const asked: string[] = [];
  const { bus } = busOf({
    'membership.region.places': ({ query: { regency } }) => {
      asked.push(regency);
      return regency === '35.06' ? [{ code: PARE }] : [];
    },
  });
  const today = date('2026-03-02');
  const { random } = nodePlatform;
  return { asked, rows: await checkedRows({ file, bus, caller: CALLER, today, random }) };
};

const told = async (rows: () => AsyncIterable<{ checked: { findings: { code: string }[] } }>) => {
  const codes: string[][] = [];
  for await (const { checked } of rows()) codes.push(checked.findings.map(({ code }) => code));
  return codes;
};

describe('the rows of a file', () => {
  it('are checked against the villages of whatever regencies they name', async () => {
    const { asked, rows } = await reading(
      row('0001', PARE),
      row('0002', ` ${PARE} `),
      row('0003', '35.06.17.1999'),
      row('0004', '11.01.01.2001'),
      row('0005', 'Pare'),
      `${row('0006', PARE)},more`,
    );
    expect(await told(rows)).toEqual([
      [],
      [],
      ['VILLAGE_UNKNOWN'],
      ['VILLAGE_UNKNOWN'],
      ['VILLAGE_CODE_MALFORMED'],
      ['CSV_COLUMN_COUNT'],
    ]);
    expect(asked.sort()).toEqual(['11.01', '35.06']);
  });

  it('can be read again from the start, where a NIK is new once more', async () => {
    const { rows } = await reading(row('0001', PARE), row('0001', PARE));
    const first = await told(rows);
    expect(first).toEqual([[], ['NIK_TWICE_IN_FILE']]);
    expect(await told(rows)).toEqual(first);
  });
});

describe('the hash of a file', () => {
  it('is the SHA-256 of its bytes', async () => {
    await writeFile(file, 'abc');
    expect(await hashOf(file)).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('cannot be had of a folder, or of nothing', async () => {
    await expect(hashOf(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(hashOf(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('what is read in chunks', () => {
  const chunks = async (count: number) => {
    const found: number[][] = [];
    const numbers = async function* () {
      for (let n = 0; n < count; n++) yield n;
    };
    for await (const chunk of inChunks(numbers(), 2)) found.push(chunk);
    return found;
  };

  it('comes whole and in order, the last chunk as short as it is', async () => {
    expect(await chunks(5)).toEqual([[0, 1], [2, 3], [4]]);
    expect(await chunks(4)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(await chunks(0)).toEqual([]);
  });
});
