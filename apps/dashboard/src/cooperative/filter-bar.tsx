import { useEffect, useState } from 'react';
import { type Filters, sortedBy } from './filters.js';
import type { CooperativeSort } from './queries.js';

const TYPING_PAUSE_MS = 300;

const ORDERS: { sort: CooperativeSort; name: string }[] = [
  { sort: 'CODE', name: 'Kode' },
  { sort: 'NAME', name: 'Nama desa' },
  { sort: 'MEMBERS', name: 'Anggota' },
  { sort: 'SIMPANAN', name: 'Simpanan' },
  { sort: 'LAST_ENTRY', name: 'Jurnal terakhir' },
];

type Props = {
  filters: Filters;
  districts: { code: string; name: string }[];
  onChange: (filters: Filters) => void;
};

const SearchBox = ({ filters, onChange }: Pick<Props, 'filters' | 'onChange'>) => {
  const [typed, setTyped] = useState(filters.search);
  // The address may change without the box: Back, or the link of a district.
  useEffect(() => {
    setTyped((text) => (text.trim() === filters.search ? text : filters.search));
  }, [filters.search]);
  useEffect(() => {
    if (typed.trim() === filters.search) return;
    const pause = setTimeout(() => onChange({ ...filters, search: typed.trim() }), TYPING_PAUSE_MS);
    return () => clearTimeout(pause);
  }, [typed, filters, onChange]);
  return (
    <label className="field grow">
      <span>Cari desa</span>
      <input
        type="search"
        value={typed}
        placeholder="Awal nama, misalnya Sido"
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
};

/** Narrows and orders the table of cooperatives. */
export const FilterBar = ({ filters, districts, onChange }: Props) => (
  <search className="filters" aria-label="Cari koperasi">
    <SearchBox filters={filters} onChange={onChange} />
    <label className="field">
      <span>Kecamatan</span>
      <select
        value={filters.district}
        onChange={(event) => onChange({ ...filters, district: event.target.value })}
      >
        <option value="">Semua</option>
        {districts.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label className="field only-narrow">
      <span>Urutkan</span>
      <select
        value={filters.sort}
        onChange={(event) => {
          const chosen = ORDERS.find(({ sort }) => sort === event.target.value);
          if (chosen) onChange(sortedBy(filters, chosen.sort));
        }}
      >
        {ORDERS.map(({ sort, name }) => (
          <option key={sort} value={sort}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label className="tick">
      <input
        type="checkbox"
        checked={filters.onlyNotStarted}
        onChange={(event) => onChange({ ...filters, onlyNotStarted: event.target.checked })}
      />
      <span>Belum mulai</span>
    </label>
  </search>
);
