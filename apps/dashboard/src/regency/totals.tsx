import { inRupiah, inThousands } from '../format/rupiah.js';
import type { Regency } from './queries.js';

const KINDS = [
  { kind: 'pokok', name: 'Pokok' },
  { kind: 'wajib', name: 'Wajib' },
  { kind: 'sukarela', name: 'Sukarela' },
] as const;

const Figure = ({ name, children }: { name: string; children: string }) => (
  <div className="stat">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The figures of the whole regency. */
export const Totals = ({ regency }: { regency: Regency }) => {
  const { cooperativeCount, startedCount, memberCount, candidateCount, simpanan } = regency;
  return (
    <section className="totals" aria-label="Angka kabupaten">
      <dl className="stats">
        <Figure name="Koperasi">{inThousands(cooperativeCount)}</Figure>
        <Figure name="Sudah mulai">{inThousands(startedCount)}</Figure>
        <Figure name="Anggota">{inThousands(memberCount)}</Figure>
        <Figure name="Calon anggota">{inThousands(candidateCount)}</Figure>
      </dl>
      <div className="simpanan-totals">
        <dl>
          <div className="stat whole">
            <dt>Jumlah simpanan</dt>
            <dd>{inRupiah(simpanan.total)}</dd>
          </div>
          {KINDS.map(({ kind, name }) => (
            <div key={kind} className="part">
              <dt className={kind}>{name}</dt>
              <dd>{inRupiah(simpanan[kind])}</dd>
            </div>
          ))}
        </dl>
        {simpanan.total > 0 && (
          <div className="proportions" aria-hidden="true">
            {KINDS.map(({ kind }) => (
              <span key={kind} className={kind} style={{ flexGrow: simpanan[kind] }} />
            ))}
          </div>
        )}
      </div>
    </section>
  );
};
