import { JournalList } from '../book/journal-list.js';
import { UspPanel } from '../book/usp-panel.js';
import { inWords } from '../format/calendar.js';
import { inRupiah, inThousands } from '../format/rupiah.js';
import { MemberList } from '../member/member-list.js';
import { Heading } from '../navigation/heading.js';
import { Link } from '../navigation/link.js';
import { PolicyPanel } from '../simpanan/policy-panel.js';
import type { Cooperative } from './queries.js';
import { WithCooperative } from './with-cooperative.js';
import './cooperative.css';

const Acts = ({ code }: { code: string }) => (
  <nav className="acts" aria-label="Pencatatan">
    <Link className="button" href={`/koperasi/${code}/terima-simpanan`}>
      Terima simpanan
    </Link>
    <Link className="button" href={`/koperasi/${code}/pungutan-wajib`}>
      Pungutan wajib
    </Link>
    <Link className="button" href={`/koperasi/${code}/terima-anggota`}>
      Terima anggota
    </Link>
  </nav>
);

const Figures = ({ cooperative }: { cooperative: Cooperative }) => (
  <dl className="stats">
    <div className="stat">
      <dt>Anggota</dt>
      <dd>{inThousands(cooperative.memberCount)}</dd>
    </div>
    <div className="stat">
      <dt>Calon anggota</dt>
      <dd>{inThousands(cooperative.candidateCount)}</dd>
    </div>
    <div className="stat wide">
      <dt>Jumlah simpanan</dt>
      <dd>{inRupiah(cooperative.simpananTotal)}</dd>
    </div>
    <div className="stat wide">
      <dt>Jurnal terakhir</dt>
      <dd>{cooperative.lastEntryOn ? inWords(cooperative.lastEntryOn) : 'Belum mulai'}</dd>
    </div>
  </dl>
);

/** `/koperasi/:code`: a cooperative, its members and its books. */
export const CooperativePage = ({ code }: { code: string }) => (
  <WithCooperative code={code}>
    {(cooperative) => (
      <>
        <p className="trail">
          <Link href="/">Semua koperasi</Link>
        </p>
        <Heading title={cooperative.name} />
        <p className="place">
          {cooperative.village}, Kecamatan {cooperative.district.name}{' '}
          <span className="code">{code}</span>
        </p>
        <Acts code={code} />
        <Figures cooperative={cooperative} />
        <div className="panels">
          <PolicyPanel cooperative={cooperative} />
          <UspPanel cooperative={cooperative} />
        </div>
        <MemberList cooperative={cooperative} />
        <JournalList code={code} />
      </>
    )}
  </WithCooperative>
);
