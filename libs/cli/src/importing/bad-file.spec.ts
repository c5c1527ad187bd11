import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CsvRow } from '#lumbung/documents';
import { BadFile } from './bad-file.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lumbung-bad-'));
  file = join(folder, 'anggota.csv');
});
afterEach(() => rm(folder, { recursive: true }));

const rowOf = (...fields: string[]) =>
  ({ line: 2, fields, layout: { separator: ';', titles: ['NIK', 'Nama'] } }) as unknown as CsvRow;

const contentOf = (path: string) => readFile(path, 'utf8');

describe('the file of bad rows', () => {
  it('holds them under the titles of the file, as they stood, for its owner alone', async () => {
    const bad = new BadFile(file);
    await bad.add(rowOf('1', 'A;B'));
    await bad.add(rowOf('2', '', 'more'));
    await bad.close();
    expect(bad.path).toBe(`${file}.bad.csv`);
    expect(await contentOf(bad.path)).toBe('NIK;Nama\r\n1;"A;B"\r\n2;;more\r\n');
    expect((await stat(bad.path)).mode & 0o777).toBe(0o600);
  });

  it('is not there when no row is bad', async () => {
    const bad = new BadFile(file);
    await bad.close();
    expect(bad.isOpen).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('sets aside an earlier one, in which somebody may have begun to mend', async () => {
    await writeFile(`${file}.bad.csv`, 'mended');
    const bad = new BadFile(file);
    await bad.open();
    await bad.add(rowOf('1', 'A'));
    await bad.close();
    expect(await contentOf(`${file}.bad.csv~`)).toBe('mended');
    expect(await contentOf(bad.path)).toBe('NIK;Nama\r\n1;A\r\n');
  });

  it('that cannot be written is told when it is opened', async () => {
    const bad = new BadFile(join(folder, 'none', 'anggota.csv'));
    await expect(bad.open()).rejects.toMatchObject({ code: 'ENOENT' });
    await bad.close();
  });
});
