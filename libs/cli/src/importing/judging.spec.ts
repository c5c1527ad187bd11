import type { CheckedRow } from '#lumbung/documents';
import { anOffice, CALLER, TERMS, villager } from '../testing/office.js';
import { memberIdOf } from './enrol.js';
import { judged } from './judging.js';
import type { Row } from './source.js';

const FILE = { cooperative: TERMS.cooperative, hash: 'abc' };

const good = (index: number, details = {}): CheckedRow => ({
  ...{ line: index + 2, findings: [] },
  member: villager(index, details),
});

const bad = (index: number): CheckedRow => ({
  line: index + 2,
  findings: [
    { line: index + 2, field: 'nama', code: 'NAME_MISSING', sentence: 'x', severity: 'error' },
  ],
});

const judge = async (checked: CheckedRow[], office = anOffice()) => {
  const { bus } = office;
  const rows = async function* () {
    for (const row of checked) yield { checked: row } as Row;
  };
  const all = [];
  const reading = { bus, caller: CALLER, terms: TERMS, hash: FILE.hash, rows };
  for await (const chunk of judged(reading)) all.push(chunk);
  return all;
};

describe('judging a file', () => {
  it('parts the rows that may be enrolled from those with an error, and says of all', async () => {
    const elsewhere = { ktpVillage: '35.06.17.2010' };
    const [chunk] = await judge([good(0, elsewhere), bad(1), good(2)]);
    expect(chunk?.good.map(({ line }) => line)).toEqual([2, 4]);
    expect([...(chunk?.bad ?? [])]).toEqual([3]);
    expect(chunk?.remarks.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 KTP_VILLAGE_DIFFERS',
      '3 NAME_MISSING',
    ]);
  });

  it('says of a member that he is one, but not of whom this very line admitted', async () => {
    const office = anOffice();
    const [, mine] = [good(0), good(1)];
    const nik = (index: number) => villager(index).nik;
    office.members.set('other' as never, { number: 1, nik: nik(0), status: 'ANGGOTA' });
    const id = memberIdOf(FILE, mine?.line ?? 0);
    office.members.set(id, { number: 2, nik: nik(1), status: 'CALON' });
    const [chunk] = await judge([good(0), good(1), good(2)], office);
    expect(chunk?.remarks.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 ALREADY_MEMBER_HERE',
    ]);
    expect(chunk?.good.map(({ line, status }) => [line, status])).toEqual([
      [3, 'CALON'],
      [4, undefined],
    ]);
  });

  it('asks for no more members at once than a face answers for', async () => {
    const office = anOffice();
    const chunks = await judge(
      Array.from({ length: 450 }, (_, index) => good(index)),
      office,
    );
    expect(chunks.flatMap((chunk) => chunk.good)).toHaveLength(450);
    const asked = office.sent.flatMap(({ payload: { query } }) => query.members ?? query.niks);
    expect(asked).toHaveLength(900);
    expect(
      Math.max(
        ...office.sent.map(({ payload: { query } }) => (query.members ?? query.niks).length),
      ),
    ).toBeLessThanOrEqual(500);
  });
});
