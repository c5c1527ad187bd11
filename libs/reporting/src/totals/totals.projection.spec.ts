import fc from 'fast-check';
import {
  type CooperativeCode,
  type DomainEvent,
  districtOf,
  type Projection,
  type Recorded,
} from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import {
  BULU,
  candidate,
  changed,
  confirmed,
  GEDANGSEWU,
  journal,
  left,
  PARE,
  registered,
} from '../testing/samples.js';
import {
  type CooperativeDocument,
  cooperativeTotals,
  type RegionDocument,
  regionTotals,
} from './totals.projection.js';

const folded = <Doc>(projection: Projection<Doc>, history: readonly DomainEvent[]) =>
  documentsOf(
    projection,
    history.map((event, at): Recorded => recorded(event, at)),
  );

const pareAfter = (...history: DomainEvent[]) => folded(cooperativeTotals, history).get(PARE);
const regionAfter = (code: string, ...history: DomainEvent[]) =>
  folded(regionTotals, history).get(code);

const NOTHING = { memberCount: 0, candidateCount: 0, pokok: 0, wajib: 0, sukarela: 0 };
const FOUNDED = [registered(), registered(GEDANGSEWU), registered(BULU)];

describe('a cooperative’s figures', () => {
  it('begin with its names, and with nothing', () => {
    expect(pareAfter(registered())).toEqual({
      ...NOTHING,
      ...{ code: PARE, name: 'Koperasi Desa Merah Putih Pare', village: 'Pare' },
      ...{ district: '35.06.17', districtName: 'Pare', regency: '35.06' },
      ...{ simpananTotal: 0, lastEntryOn: null, started: false, sortName: 'pare', lastEntry: '' },
    });
  });

  it('count a candidate, who becomes a member, who leaves', () => {
    const counts = (...history: DomainEvent[]) => {
      const totals = pareAfter(registered(), ...history);
      return [totals?.candidateCount, totals?.memberCount];
    };
    expect(counts(candidate())).toEqual([1, 0]);
    expect(counts(candidate(), confirmed())).toEqual([0, 1]);
    expect(counts(candidate(), confirmed(), left(true))).toEqual([0, 0]);
    expect(counts(candidate(), candidate(), left(false))).toEqual([1, 0]);
  });

  it('hold each kind of simpanan, and their total', () => {
    const history = [changed({ pokok: 100_000 }), changed({ wajib: 20_000, sukarela: 5_000 })];
    expect(pareAfter(registered(), ...history)).toMatchObject({
      ...{ pokok: 100_000, wajib: 20_000, sukarela: 5_000, simpananTotal: 125_000 },
    });
  });

  it('lose what is withdrawn or settled, to the last rupiah', () => {
    const history = [
      changed({ pokok: 100_000, wajib: 20_000, sukarela: 5_000 }),
      changed({ sukarela: -5_000 }),
      changed({ pokok: -100_000, wajib: -20_000 }),
    ];
    expect(pareAfter(registered(), ...history)).toMatchObject({ ...NOTHING, simpananTotal: 0 });
  });

  it('name the latest day of a journal, in whichever order and book they are recorded', () => {
    const history = [journal('2026-03-02', { first: true }), journal('2026-02-10')];
    expect(pareAfter(registered(), ...history)).toMatchObject({
      ...{ started: true, lastEntryOn: '2026-03-02', lastEntry: '2026-03-02' },
    });
    const saving = journal('2026-03-09', { book: 'USP' });
    expect(pareAfter(registered(), ...history, saving)?.lastEntryOn).toBe('2026-03-09');
  });

  it('begin with the general book: savings alone are no start', () => {
    const saving = journal('2026-03-02', { book: 'USP', first: true });
    expect(pareAfter(registered(), saving)?.started).toBe(false);
    expect(pareAfter(registered(), saving, journal('2026-03-02'))?.started).toBe(true);
  });

  it('are its own: another’s change nothing', () => {
    const others = [candidate(GEDANGSEWU), changed({ pokok: 1 }, GEDANGSEWU), registered(BULU)];
    expect(pareAfter(registered(), ...others)).toEqual(pareAfter(registered()));
  });
});

describe('a region’s figures', () => {
  it('are of its district, regency and province, each by its code and name', () => {
    const named = ['35.06.17', '35.06.01', '35.06', '35'].map((code) => {
      const { name, parent, cooperativeCount } = regionAfter(code, ...FOUNDED) as RegionDocument;
      return [code, name, parent, cooperativeCount];
    });
    expect(named).toEqual([
      ['35.06.17', 'Pare', '35.06', 2],
      ['35.06.01', 'Semen', '35.06', 1],
      ['35.06', 'Kabupaten Kediri', '35', 3],
      ['35', 'Jawa Timur', '', 3],
    ]);
  });

  it('count a cooperative as started once, at the first journal of its general book', () => {
    const started = (...history: DomainEvent[]) =>
      regionAfter('35.06', ...FOUNDED, ...history)?.startedCount;
    const first = journal('2026-03-02', { first: true });
    expect(started()).toBe(0);
    expect(started(first, journal('2026-03-03'))).toBe(1);
    expect(started(first, journal('2026-03-03', { book: 'USP', first: true }))).toBe(1);
    expect(started(first, journal('2026-03-03', { first: true }, BULU))).toBe(2);
  });

  it('are built by public events of the cooperatives within, and of no others', () => {
    const history = [candidate(), confirmed(), changed({ pokok: 100_000 }), candidate(BULU)];
    const inside = { memberCount: 1, candidateCount: 0, pokok: 100_000 };
    expect(regionAfter('35.06.17', ...FOUNDED, ...history)).toMatchObject(inside);
    expect(regionAfter('35.06.01', ...FOUNDED, ...history)).toMatchObject({
      ...{ memberCount: 0, candidateCount: 1, pokok: 0 },
    });
    const all = { memberCount: 1, candidateCount: 1, pokok: 100_000 };
    expect(regionAfter('35.06', ...FOUNDED, ...history)).toMatchObject(all);
  });
});

describe('whatever is published', () => {
  const cooperative = fc.constantFrom(PARE, GEDANGSEWU, BULU);
  const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const amounts = fc.record({ pokok: amount, wajib: amount, sukarela: amount });
  const day = fc.constantFrom('2025-12-30', '2026-01-15', '2026-03-02');
  const book = fc.constantFrom('UMUM' as const, 'USP' as const);
  const anything = fc.oneof(
    cooperative.map(candidate),
    cooperative.map(confirmed),
    fc.tuple(fc.boolean(), cooperative).map(([wasMember, code]) => left(wasMember, code)),
    fc.tuple(amounts, cooperative).map(([changes, code]) => changed(changes, code)),
    fc
      .tuple(day, book, cooperative)
      .map(([date, name, code]) => journal(date, { book: name }, code)),
  );

  /** A book says of its first journal, and of no other, that it is the first. */
  const marked = (history: readonly DomainEvent[]) => {
    const begun = new Set<string>();
    return history.map((event) => {
      const { cooperative: code, book: name } = event.data as {
        cooperative: string;
        book?: string;
      };
      const place = `${code}.${name}`;
      if (!name || begun.has(place)) return event;
      begun.add(place);
      return { ...event, data: { ...(event.data as object), first: true } };
    });
  };

  const FIGURES = ['memberCount', 'candidateCount', 'pokok', 'wajib', 'sukarela'] as const;

  const added = (documents: readonly CooperativeDocument[]) => ({
    ...Object.fromEntries(
      FIGURES.map((field) => [
        field,
        documents.reduce((sum, document) => sum + document[field], 0) + 0,
      ]),
    ),
    cooperativeCount: documents.length,
    startedCount: documents.filter(({ started }) => started).length,
  });

  it('the cooperatives add up to their district, their regency and their province', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), (events) => {
        const history = [...FOUNDED, ...marked(events)];
        const cooperatives = [...folded(cooperativeTotals, history).values()];
        const regions = folded(regionTotals, history);
        for (const code of ['35.06.17', '35.06.01', '35.06', '35']) {
          const inside = cooperatives.filter((document) => document.code.startsWith(`${code}.`));
          expect(regions.get(code)).toMatchObject(added(inside));
        }
        for (const { pokok, wajib, sukarela, simpananTotal } of cooperatives) {
          expect(simpananTotal).toBe(pokok + wajib + sukarela);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a cooperative lies in the district that its code names', () => {
    for (const [code, { district, regency }] of folded(cooperativeTotals, FOUNDED)) {
      expect([district, regency]).toEqual([districtOf(code as CooperativeCode), '35.06']);
    }
  });
});
