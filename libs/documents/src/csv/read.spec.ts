import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readCsv } from './read.js';
import { csvLine } from './write.js';

const columns = [
  { name: 'nama', aliases: ['name'] },
  { name: 'tanggal_lahir', aliases: ['birth date'] },
  { name: 'telepon', optional: true },
] as const;

const chunksOf = async function* (content: string | Uint8Array, size: number) {
  const bytes = Buffer.from(content as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

const rowsOf = async (content: string | Uint8Array, size = 7) => {
  const rows: { line: number; values: Record<string, string> | undefined }[] = [];
  for await (const { line, values } of readCsv(chunksOf(content, size), columns)) {
    rows.push({ line, values });
  }
  return rows;
};

const text = 'nama,tanggal_lahir\nSiti,1990-05-15\nBudi,1985-08-17\n';

const siti = { nama: 'Siti', tanggal_lahir: '1990-05-15', telepon: '' };
const budi = { nama: 'Budi', tanggal_lahir: '1985-08-17', telepon: '' };

describe('a CSV file is read', () => {
  const read = [
    { line: 2, values: siti },
    { line: 3, values: budi },
  ];

  it.each([
    ['with commas', text],
    ['with semicolons', text.replaceAll(',', ';')],
    ['with CR LF', text.replaceAll('\n', '\r\n')],
    ['with CR', text.replaceAll('\n', '\r')],
    ['with mixed line ends', text.replace('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${text}`],
    ['with a byte order mark and quotes', `\ufeff"nama","tanggal_lahir"${text.slice(18)}`],
    ['without a last line end', text.trimEnd()],
    ['with blank rows at the end', `${text}\n,\n , \n`],
    ['with other words for its columns', text.replace('nama,tanggal_lahir', 'NAME, Birth_Date')],
  ])('%s', async (_, content) => {
    for (const size of [1, 2, 7, 1_000]) expect(await rowsOf(content, size)).toEqual(read);
  });

  it('from a stream of Node', async () => {
    const rows = [];
    const source = Readable.from([Buffer.from(text)]);
    for await (const { line, values } of readCsv(source, columns)) rows.push({ line, values });
    expect(rows).toEqual(read);
  });

  it('with quotes, separators and line breaks inside a value', async () => {
    const content = 'nama;tanggal_lahir\r\n"Siti ""Iti""; A,\r\nB";1\r\nBudi;2\r\n';
    expect(await rowsOf(content)).toEqual([
      { line: 2, values: { ...siti, nama: 'Siti "Iti"; A,\r\nB', tanggal_lahir: '1' } },
      { line: 4, values: { ...budi, tanggal_lahir: '2' } },
    ]);
  });

  it('with a fault for each row that is too short or too long, and goes on', async () => {
    const content = `${text}Wati\n"a\nb",1\nBudi,2,3\nTini,4`;
    const found: unknown[] = [];
    for await (const row of readCsv(chunksOf(content, 7), columns)) {
      const { line, values, fault } = row;
      found.push([line, values?.nama ?? [fault?.code, fault?.details]]);
    }
    expect(found).toEqual([
      [2, 'Siti'],
      [3, 'Budi'],
      [4, ['CSV_COLUMN_COUNT', { line: 4, expected: 2, actual: 1 }]],
      [5, 'a\nb'],
      [7, ['CSV_COLUMN_COUNT', { line: 7, expected: 2, actual: 3 }]],
      [8, 'Tini'],
    ]);
  });

  it('so that its rows can be written again as they stood', async () => {
    const content = 'Birth Date;Name\r\n 1;"A;B"\r\nC\r\n';
    let again = '';
    for await (const { fields, layout } of readCsv(chunksOf(content, 7), columns)) {
      again ||= csvLine(layout.titles, layout.separator);
      again += csvLine(fields, layout.separator);
    }
    expect(again).toBe(content.replace(' 1', '" 1"'));
  });

  it('from its first line that is not blank', async () => {
    expect(await rowsOf(`\n \n${text}`)).toEqual(
      read.map(({ line, values }) => ({ line: line + 2, values })),
    );
  });

  it('with letters cut by a chunk', async () => {
    const [row] = await rowsOf('nama,tanggal_lahir\nŚrī 🌾,1\n', 1);
    expect(row?.values?.nama).toBe('Śrī 🌾');
  });

  it('no faster than its rows are taken', async () => {
    const chunk = Buffer.from('Siti,1990-05-15\n'.repeat(100));
    let pulled = 0;
    const source = async function* () {
      yield Buffer.from('nama,tanggal_lahir\n');
      for (; pulled < 1_000; pulled++) yield chunk;
    };
    let [rows, ahead] = [0, 0];
    for await (const _ of readCsv(source(), columns)) {
      rows++;
      ahead = Math.max(ahead, pulled - rows / 100);
    }
    expect(rows).toBe(100_000);
    expect(ahead).toBeLessThan(2);
  }, 30_000);
});

describe('a CSV file is refused', () => {
  const header = 'nama,tanggal_lahir\n';
  const refused: [string, string | Uint8Array, string, object][] = [
    ['when empty', '', 'CSV_EMPTY', { line: 1 }],
    ['when blank', '\ufeff\n \n', 'CSV_EMPTY', { line: 1 }],
    ['without titles', '\nSiti,1990-05-15\n', 'CSV_HEADER_MISSING', { line: 2 }],
    ['with tabs', text.replaceAll(',', '\t'), 'CSV_HEADER_MISSING', { line: 1 }],
    [
      'without a column',
      'nama,tgl\n',
      'CSV_COLUMNS_MISSING',
      { line: 1, missing: ['tanggal_lahir'], strangers: [2] },
    ],
    [
      'with a column too many',
      'nama,tanggal_lahir,agama,\n',
      'CSV_COLUMNS_UNKNOWN',
      { line: 1, unknown: ['agama', '(ke-4)'] },
    ],
    [
      'with a column twice',
      'nama,tanggal_lahir,Name\n',
      'CSV_COLUMN_TWICE',
      { line: 1, column: 'nama' },
    ],
    [
      'with a quote left open',
      `${header}Siti,1\n"Budi,2\nA,3\n`,
      'CSV_QUOTE_NOT_CLOSED',
      { line: 3 },
    ],
    ['with a quote inside a value', `${header}Siti "Iti",1\n`, 'CSV_QUOTE_MISPLACED', { line: 2 }],
    ['with text after a quote', `${header}A,1\n"B"C,2\n`, 'CSV_QUOTE_MISPLACED', { line: 3 }],
    [
      'in another encoding',
      Buffer.from(`${header}Siti,1\nAndr\xe9,2\nBudi,3\n`, 'latin1'),
      'CSV_NOT_UTF8',
      { line: 3 },
    ],
    ['in UTF-16', Buffer.from(`\ufeff${header}`, 'utf16le'), 'CSV_NOT_UTF8', { line: 1 }],
    [
      'with an endless line',
      `${header}A,1\n${'x'.repeat(70_000)}`,
      'CSV_ROW_TOO_LONG',
      { line: 3 },
    ],
    [
      'with an endless quote',
      `${header}A,1\n"${'x\n'.repeat(40_000)}`,
      'CSV_ROW_TOO_LONG',
      { line: 3 },
    ],
  ];

  it.each(refused)('%s', async (_, content, code, details) => {
    for (const size of [1, 5, 100_000]) {
      await expect(rowsOf(content, size)).rejects.toMatchObject({
        name: 'Rejection',
        code,
        details,
        sentence: expect.any(String),
      });
    }
  });

  it('after the rows that are good', async () => {
    const lines: number[] = [];
    const reading = async () => {
      const content = `${header}Siti,1\nBudi,2\n"Wati" x,3\n`;
      for await (const { line } of readCsv(chunksOf(content, 999), columns)) lines.push(line);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'CSV_QUOTE_MISPLACED' });
    expect(lines).toEqual([2, 3]);
  });

  it('without repeating a person when the header is missing', async () => {
    for (const content of ['Siti,3506995505900001,agama\n', 'nama,3506995505900001,Siti\n']) {
      const failure = await rowsOf(content).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Error);
      expect(JSON.stringify(failure) + String(failure)).not.toMatch(/Siti|3506/);
    }
  });

  it('with what the source throws', async () => {
    const source = async function* () {
      yield Buffer.from(header);
      throw new Error('disk');
    };
    await expect(readCsv(source(), columns).next()).rejects.toThrow('disk');
  });
});

describe('a CSV line', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'c;d', 'e"f'], '"a,b","c;d","e""f"\r\n'],
    [['a\nb', ' c', ''], '"a\nb"," c",\r\n'],
    [['=1+1', '-5', '@x'], '=1+1,-5,@x\r\n'],
  ])('writes %j', (values, line) => expect(csvLine(values)).toBe(line));

  it('is read back as it was', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'ś') });
    const row = fc.tuple(
      text,
      text.map((value) => `x${value}`),
      text,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row), fc.integer({ min: 1, max: 50 }), async (rows, size) => {
        const lines = [['nama', 'tanggal_lahir', 'telepon'], ...rows];
        const content = lines.map((line) => csvLine(line)).join('');
        const read = await rowsOf(content, size);
        expect(read.map(({ values }) => Object.values(values ?? {}))).toEqual(rows);
      }),
    );
  });
});
