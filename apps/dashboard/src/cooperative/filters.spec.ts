import { addressOf, type Filters, filtersFrom, NO_FILTERS, sortedBy } from './filters.js';

const some: Filters = {
  search: 'Sido',
  district: '35.06.01',
  onlyNotStarted: true,
  sort: 'SIMPANAN',
  descending: true,
};

describe('filters of cooperatives', () => {
  it('stand in the address and are read back from it', () => {
    const address = addressOf(some);
    expect(address).toBe('/?desa=Sido&kecamatan=35.06.01&mulai=belum&urut=simpanan&arah=turun');
    expect(filtersFrom(new URLSearchParams(address.slice(2)))).toEqual(some);
  });

  it('leave the address plain when nothing is filtered', () => {
    expect(addressOf(NO_FILTERS)).toBe('/');
    expect(filtersFrom(new URLSearchParams(''))).toEqual(NO_FILTERS);
  });

  it('fall back to the order of codes for an unknown one', () => {
    expect(filtersFrom(new URLSearchParams('urut=warna')).sort).toBe('CODE');
  });

  it('show figures from the largest and names from A, and turn round at a second tap', () => {
    const byMembers = sortedBy(NO_FILTERS, 'MEMBERS');
    expect(byMembers).toMatchObject({ sort: 'MEMBERS', descending: true });
    expect(sortedBy(byMembers, 'MEMBERS').descending).toBe(false);
    expect(sortedBy(byMembers, 'NAME')).toMatchObject({ sort: 'NAME', descending: false });
  });
});
