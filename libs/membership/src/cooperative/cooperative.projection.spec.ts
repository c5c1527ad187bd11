import type { DomainEvent, Metadata } from '#lumbung/kernel';
import { date } from '#lumbung/kernel';
import { documentsOf, recorded } from '#lumbung/kernel/testing';
import { admitted, ended, entered, GEDANGSEWU, PARE, place, SITI } from '../testing/samples.js';
import { cooperatives } from './cooperative.projection.js';

const shown = (history: DomainEvent[], metadata: Partial<Metadata> = {}) =>
  documentsOf(
    cooperatives,
    history.map((event, at) => recorded(event, at, metadata)),
  );

describe('a cooperative as it is shown', () => {
  it('has the names of its place, and the day on which it was recorded', () => {
    const { name, village, district, regency } = place;
    const documents = shown([entered], { businessDate: date('2026-01-05') });
    expect(Object.fromEntries(documents)).toEqual({
      [PARE]: {
        ...{ code: PARE, name, village, district, regency },
        ...{ registeredOn: '2026-01-05', admitted: 0 },
      },
    });
  });

  it('counts everybody who was ever admitted, also those who left', () => {
    const history = [entered, admitted('siti', 1), ended(SITI), admitted('budi', 2)];
    expect(shown(history).get(PARE)?.admitted).toBe(2);
  });

  it('counts its own members only', () => {
    const other = recorded(admitted('budi', 1), 2, { cooperative: GEDANGSEWU });
    const own = [entered, admitted('siti', 1)].map((event, at) => recorded(event, at));
    expect(documentsOf(cooperatives, [...own, other]).get(PARE)?.admitted).toBe(1);
  });
});
