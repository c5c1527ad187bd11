import { useState } from 'react';
import { FormPage } from '../cooperative/form-page.js';
import type { Cooperative } from '../cooperative/queries.js';
import { WithCooperative } from '../cooperative/with-cooperative.js';
import { Link } from '../navigation/link.js';
import { AdmitForm } from './admit-form.js';
import type { Admitted } from './queries.js';
import { nameOf, warningText } from './words.js';
import './member.css';

type DoneProps = { member: Admitted; code: string; onAgain: () => void };

const Done = ({ member, code, onAgain }: DoneProps) => (
  <section className="done" role="status">
    <h2>
      {nameOf(member)} diterima dengan nomor {member.number}
    </h2>
    {member.warnings.map((warning) => (
      <p key={warning} className="warning">
        {warningText(warning)} Peringatan ini dicatat pada anggota.
      </p>
    ))}
    <p>Masih calon; menjadi anggota setelah simpanan pokok lunas.</p>
    <p className="row">
      <Link className="button" href={`/koperasi/${code}/terima-simpanan?anggota=${member.id}`}>
        Terima simpanan pokok
      </Link>
      <button type="button" className="quiet" onClick={onAgain}>
        Terima anggota lain
      </button>
    </p>
  </section>
);

/** He is on record; only his number is not known here yet. */
const Recorded = ({ code, onAgain }: Omit<DoneProps, 'member'>) => (
  <section className="done" role="status">
    <h2>Sudah tercatat</h2>
    <p>
      Calon ini sudah tercatat, tetapi belum dapat ditampilkan. Jangan dikirim lagi; lihat daftar
      anggota sebentar lagi.
    </p>
    <p className="row">
      <Link className="button" href={`/koperasi/${code}`}>
        Lihat daftar anggota
      </Link>
      <button type="button" className="quiet" onClick={onAgain}>
        Terima anggota lain
      </button>
    </p>
  </section>
);

const Admission = ({ cooperative }: { cooperative: Cooperative }) => {
  const { code } = cooperative;
  const [admitted, setAdmitted] = useState<Admitted | null>();
  const again = () => setAdmitted(undefined);
  if (admitted) return <Done member={admitted} code={code} onAgain={again} />;
  if (admitted === null) return <Recorded code={code} onAgain={again} />;
  return <AdmitForm cooperative={cooperative} onDone={setAdmitted} />;
};

/** `/koperasi/:code/terima-anggota` */
export const AdmitPage = ({ code }: { code: string }) => (
  <WithCooperative code={code}>
    {(cooperative) => (
      <FormPage title="Terima anggota" cooperative={cooperative}>
        <Admission cooperative={cooperative} />
      </FormPage>
    )}
  </WithCooperative>
);
