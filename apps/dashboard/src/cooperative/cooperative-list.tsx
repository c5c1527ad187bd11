import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { inThousands } from '../format/rupiah.js';
import { usePlatform } from '../frame/platform.js';
import { Pager, type Trail } from '../navigation/pager.js';
import { adjust, goTo, usePlace } from '../navigation/place.js';
import { Answer } from '../server/answer.js';
import { CooperativeTable } from './cooperative-table.js';
import { FilterBar } from './filter-bar.js';
import { addressOf, type Filters, filtersFrom, sortedBy } from './filters.js';
import { ListCooperatives } from './queries.js';
import './cooperative.css';

const PAGE_SIZE = 50;

// The cursors of earlier pages are kept with the entry of the browser's history.
const trailOf = (state: unknown): Trail =>
  Array.isArray(state) && state.every((cursor) => typeof cursor === 'string') ? state : [];

type Props = { districts: { code: string; name: string }[] };

/** All cooperatives of the regency, to search, filter, order and page through. */
export const CooperativeList = ({ districts }: Props) => {
  const { regency } = usePlatform();
  const { search, state } = usePlace();
  const filters = filtersFrom(search);
  const trail = trailOf(state);
  const result = useQuery(ListCooperatives, {
    variables: {
      regency,
      district: filters.district || undefined,
      search: filters.search || undefined,
      started: filters.onlyNotStarted ? false : undefined,
      sort: filters.sort,
      descending: filters.descending,
      first: PAGE_SIZE,
      after: trail.at(-1),
    },
  });
  const change = useCallback((next: Filters) => adjust(addressOf(next)), []);
  const move = (next: Trail) => {
    goTo(addressOf(filters), next);
    document.getElementById('koperasi')?.scrollIntoView();
  };
  const data = result.data ?? result.previousData;
  return (
    <section className="cooperatives" id="koperasi" aria-labelledby="koperasi-judul">
      <h2 id="koperasi-judul">Koperasi</h2>
      <FilterBar filters={filters} districts={districts} onChange={change} />
      <Answer result={{ ...result, data }} what="daftar koperasi">
        {({ cooperatives: { nodes, totalCount, pageInfo } }) => (
          <div className={result.data ? '' : 'stale'} aria-busy={!result.data}>
            <p role="status" className="count">
              {totalCount === 0 ? 'Tidak ada yang cocok.' : `${inThousands(totalCount)} koperasi`}
            </p>
            {nodes.length > 0 && (
              <CooperativeTable
                cooperatives={nodes}
                filters={filters}
                onSort={(sort) => change(sortedBy(filters, sort))}
              />
            )}
            <Pager
              label="Halaman daftar koperasi"
              trail={trail}
              onMove={move}
              size={PAGE_SIZE}
              shown={nodes.length}
              totalCount={totalCount}
              pageInfo={pageInfo}
            />
          </div>
        )}
      </Answer>
    </section>
  );
};
