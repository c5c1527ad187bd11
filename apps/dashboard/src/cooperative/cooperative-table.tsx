import { inWords } from '../format/calendar.js';
import { inRupiah, inThousands } from '../format/rupiah.js';
import { Link } from '../navigation/link.js';
import type { Filters } from './filters.js';
import type { CooperativeRow, CooperativeSort } from './queries.js';

type HeadProps = {
  sort: CooperativeSort;
  name: string;
  figure?: boolean;
  filters: Filters;
  onSort: (sort: CooperativeSort) => void;
};

const SortHead = ({ sort, name, figure, filters, onSort }: HeadProps) => {
  const chosen = filters.sort === sort;
  const direction = filters.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={chosen ? direction : 'none'} className={figure ? 'figure' : ''}>
      <button type="button" className="sort" onClick={() => onSort(sort)}>
        {name}
        <span aria-hidden="true">{chosen ? (filters.descending ? '▼' : '▲') : ''}</span>
      </button>
    </th>
  );
};

const Row = ({ cooperative }: { cooperative: CooperativeRow }) => {
  const { code, name, village, district, memberCount, simpananTotal } = cooperative;
  return (
    <tr>
      <td className="at-code">{code}</td>
      <th scope="row" className="at-name">
        <Link href={`/koperasi/${code}`} className="row-link" title={name}>
          {village}
        </Link>
      </th>
      <td className="at-district">{district.name}</td>
      <td className="figure at-members">
        {inThousands(memberCount)}
        <span className="only-narrow"> anggota</span>
      </td>
      <td className="figure at-simpanan">{inRupiah(simpananTotal)}</td>
      <td className="figure at-entry">
        {cooperative.lastEntryOn ? (
          inWords(cooperative.lastEntryOn)
        ) : (
          <span className="badge idle">Belum mulai</span>
        )}
      </td>
    </tr>
  );
};

type Props = {
  cooperatives: CooperativeRow[];
  filters: Filters;
  onSort: (sort: CooperativeSort) => void;
};

export const CooperativeTable = ({ cooperatives, filters, onSort }: Props) => {
  const head = { filters, onSort };
  return (
    <table className="rows cooperative-rows">
      <caption className="unseen">Koperasi; ketuk judul kolom untuk mengurutkan</caption>
      <thead>
        <tr>
          <SortHead sort="CODE" name="Kode" {...head} />
          <SortHead sort="NAME" name="Desa" {...head} />
          <th scope="col">Kecamatan</th>
          <SortHead sort="MEMBERS" name="Anggota" figure {...head} />
          <SortHead sort="SIMPANAN" name="Simpanan" figure {...head} />
          <SortHead sort="LAST_ENTRY" name="Jurnal terakhir" figure {...head} />
        </tr>
      </thead>
      <tbody>
        {cooperatives.map((cooperative) => (
          <Row key={cooperative.code} cooperative={cooperative} />
        ))}
      </tbody>
    </table>
  );
};
