import { type DomainEvent, date, type MemberId, uuidOf } from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import { memoryReadStore } from '#lumbung/read-store/memory';
import {
  admitted,
  confirmed,
  ended,
  GEDANGSEWU,
  PARE,
  personOf,
  resigned,
  SITI,
} from '../testing/samples.js';
import { memberDocuments } from './member.projection.js';

const shown = (...history: DomainEvent[]) =>
  documentsOf(
    memberDocuments,
    history.map((event, at) => recorded(event, at)),
  ).get(SITI);

const calon = admitted('siti', 1, { warnings: ['KTP_VILLAGE_DIFFERS'] });

describe('a member as he is shown', () => {
  it('is at first a candidate, with his name sealed and his warnings', () => {
    expect(shown(calon)).toEqual({
      ...{ id: SITI, cooperative: PARE, number: 1, person: personOf('siti') },
      ...{ name: 'name of siti', sex: 'P', joinedOn: '2026-03-02' },
      ...{ status: 'CALON', endsOn: null, warnings: ['KTP_VILLAGE_DIFFERS'] },
    });
  });

  it('has no more personal values than he is shown with', () => {
    const text = JSON.stringify(shown(admitted('siti', 1)));
    for (const field of ['nik', 'birthDate', 'address', 'phone']) {
      expect(text).not.toContain(`${field} of siti`);
    }
  });

  it('goes the way of his membership, and keeps what was known of him', () => {
    const leaves = resigned(SITI, date('2026-03-31'));
    const ways: [DomainEvent[], string, string | null][] = [
      [[calon, confirmed(SITI)], 'ANGGOTA', null],
      [[calon, confirmed(SITI), leaves], 'MENGUNDURKAN_DIRI', '2026-03-31'],
      [[calon, confirmed(SITI), leaves, ended(SITI)], 'KELUAR', '2026-03-02'],
    ];
    for (const [history, status, endsOn] of ways) {
      expect(shown(...history)).toEqual({ ...shown(calon), status, endsOn });
    }
  });
});

// The same person’s entry in another register.
const ELSEWHERE = uuidOf('test', 'siti elsewhere') as MemberId;

describe('members', () => {
  const history = [
    recorded(admitted('siti', 1), 0),
    recorded(admitted('budi', 12), 1),
    recorded(admitted('wati', 2), 2),
    recorded(admitted('siti', 3, { member: ELSEWHERE }), 3, { cooperative: GEDANGSEWU }),
  ];

  const query = async (index: string, equals: Record<string, string>) => {
    const store = memoryReadStore();
    const collection = { name: 'member', indexes: memberDocuments.indexes };
    const puts = [...documentsOf(memberDocuments, history)].map(([key, document]) => ({
      ...{ collection, key, document, position: '1' },
    }));
    await store.put(puts, {});
    const found = await store.query<{ number: number }>(collection, { index, equals, limit: 10 });
    return found.map(({ document }) => document.number);
  };

  it('are listed by cooperative in the order of their numbers', async () => {
    expect(await query('number', { cooperative: PARE })).toEqual([1, 2, 12]);
    expect(await query('number', { cooperative: GEDANGSEWU })).toEqual([3]);
  });

  it('are found by their person within a cooperative', async () => {
    const siti = { person: personOf('siti') };
    expect(await query('person', { cooperative: PARE, ...siti })).toEqual([1]);
    expect(await query('person', { cooperative: GEDANGSEWU, ...siti })).toEqual([3]);
  });
});
