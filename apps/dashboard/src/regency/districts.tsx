import { addressOf, NO_FILTERS } from '../cooperative/filters.js';
import { inRupiah, inThousands } from '../format/rupiah.js';
import { Link } from '../navigation/link.js';
import type { Counts, Regency } from './queries.js';

const Figures = ({ counts }: { counts: Counts }) => (
  <>
    <td className="figure at-started">
      {counts.startedCount}/{counts.cooperativeCount}
      <span className="only-narrow"> mulai</span>
    </td>
    <td className="figure at-members">
      {inThousands(counts.memberCount)}
      <span className="only-narrow"> anggota</span>
    </td>
    <td className="figure at-simpanan">{inRupiah(counts.simpananTotal)}</td>
  </>
);

/** The districts, with their sum; a tap narrows the cooperatives to one. */
export const Districts = ({ regency }: { regency: Regency }) => (
  <section className="districts" aria-labelledby="kecamatan-judul">
    <h2 id="kecamatan-judul">Kecamatan</h2>
    <table className="rows compact district-rows">
      <caption className="unseen">Angka setiap kecamatan</caption>
      <thead>
        <tr>
          <th scope="col">Kecamatan</th>
          <th scope="col" className="figure" title="Sudah mulai dari semua koperasi">
            Mulai
          </th>
          <th scope="col" className="figure">
            Anggota
          </th>
          <th scope="col" className="figure">
            Simpanan
          </th>
        </tr>
      </thead>
      <tbody>
        {regency.districts.map((district) => (
          <tr key={district.code}>
            <th scope="row" className="at-name">
              <Link
                className="row-link"
                href={addressOf({ ...NO_FILTERS, district: district.code })}
              >
                {district.name}
              </Link>
            </th>
            <Figures counts={district} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="at-name">
            Jumlah
          </th>
          <Figures counts={regency} />
        </tr>
      </tfoot>
    </table>
  </section>
);
