import type { CooperativeSort } from './queries.js';

/** What the table of cooperatives shows; it stands in the page's address. */
export type Filters = {
  search: string;
  /** Code of a district, empty for all. */
  district: string;
  onlyNotStarted: boolean;
  sort: CooperativeSort;
  descending: boolean;
};

export const NO_FILTERS: Filters = {
  search: '',
  district: '',
  onlyNotStarted: false,
  sort: 'CODE',
  descending: false,
};

const SORTS: Record<string, CooperativeSort> = {
  kode: 'CODE',
  desa: 'NAME',
  anggota: 'MEMBERS',
  simpanan: 'SIMPANAN',
  jurnal: 'LAST_ENTRY',
};

const wordOf = (sort: CooperativeSort) =>
  Object.keys(SORTS).find((word) => SORTS[word] === sort) ?? 'kode';

export const filtersFrom = (address: URLSearchParams): Filters => ({
  search: address.get('desa') ?? '',
  district: address.get('kecamatan') ?? '',
  onlyNotStarted: address.get('mulai') === 'belum',
  sort: SORTS[address.get('urut') ?? ''] ?? NO_FILTERS.sort,
  descending: address.get('arah') === 'turun',
});

/** The address of the table so filtered; what is not filtered is not in it. */
export const addressOf = (filters: Filters): string => {
  const address = new URLSearchParams();
  if (filters.search) address.set('desa', filters.search);
  if (filters.district) address.set('kecamatan', filters.district);
  if (filters.onlyNotStarted) address.set('mulai', 'belum');
  if (filters.sort !== NO_FILTERS.sort) address.set('urut', wordOf(filters.sort));
  if (filters.descending) address.set('arah', 'turun');
  const query = address.toString();
  return query ? `/?${query}` : '/';
};

// Figures are looked at from the largest, names from A.
const FROM_LARGEST: readonly CooperativeSort[] = ['MEMBERS', 'SIMPANAN', 'LAST_ENTRY'];

/** The order after a tap on a column: another column, or the same one the other way. */
export const sortedBy = (filters: Filters, sort: CooperativeSort): Filters => ({
  ...filters,
  sort,
  descending: filters.sort === sort ? !filters.descending : FROM_LARGEST.includes(sort),
});
