import { useQuery } from '@apollo/client/react';
import type { Cooperative } from '../cooperative/queries.js';
import { monthOf, monthShort, monthsLater } from '../format/calendar.js';
import { inRupiah, inThousands } from '../format/rupiah.js';
import { usePlatform } from '../frame/platform.js';
import { Link } from '../navigation/link.js';
import { Pager, useTrail } from '../navigation/pager.js';
import { Answer } from '../server/answer.js';
import { duesOf } from '../simpanan/policy.js';
import { ListMembers, type Member } from './queries.js';
import { nameOf, STATUS_NAMES, warningText } from './words.js';
import './member.css';

const PAGE_SIZE = 20;

type RowProps = { member: Member; cooperative: Cooperative };

const Arrears = ({ member, cooperative }: RowProps) => {
  const { unpaidMonths } = member.simpanan;
  if (member.status === 'KELUAR' || unpaidMonths.length === 0) return '–';
  const due = duesOf(cooperative.simpananPolicies, unpaidMonths);
  return (
    <span title={unpaidMonths.map(monthShort).join(', ')}>
      {inRupiah(due)} <small>({unpaidMonths.length} bulan)</small>
    </span>
  );
};

const Row = ({ member, cooperative }: RowProps) => {
  const { id, number, status, simpanan, warnings } = member;
  return (
    <tr>
      <td className="figure at-number">{number}</td>
      <th scope="row" className="at-name">
        {status === 'KELUAR' ? (
          nameOf(member)
        ) : (
          <Link
            className="row-link"
            href={`/koperasi/${cooperative.code}/terima-simpanan?anggota=${id}`}
            title="Terima simpanan"
          >
            {nameOf(member)}
          </Link>
        )}
        {warnings.map((code) => (
          <small key={code} className="warning">
            {warningText(code)}
          </small>
        ))}
      </th>
      <td className="at-status">
        <span className={`badge ${status.toLowerCase()}`}>{STATUS_NAMES[status]}</span>
      </td>
      <td className="figure" data-label="Pokok">
        {inRupiah(simpanan.pokok)}
      </td>
      <td className="figure" data-label="Wajib">
        {inRupiah(simpanan.wajib)}
      </td>
      <td className="figure" data-label="Sukarela">
        {inRupiah(simpanan.sukarela)}
      </td>
      <td className="figure" data-label="Tunggakan wajib">
        <Arrears member={member} cooperative={cooperative} />
      </td>
    </tr>
  );
};

const Heads = () => (
  <thead>
    <tr>
      <th scope="col" className="figure">
        No.
      </th>
      <th scope="col">Nama</th>
      <th scope="col">Status</th>
      <th scope="col" className="figure">
        Pokok
      </th>
      <th scope="col" className="figure">
        Wajib
      </th>
      <th scope="col" className="figure">
        Sukarela
      </th>
      <th scope="col" className="figure">
        Tunggakan wajib
      </th>
    </tr>
  </thead>
);

/** The members of a cooperative by number, with their simpanan and what they are behind. */
export const MemberList = ({ cooperative }: { cooperative: Cooperative }) => {
  const { code } = cooperative;
  const { businessDate } = usePlatform();
  const [trail, setTrail] = useTrail();
  // This month's due is not late before the month is over.
  const through = monthsLater(monthOf(businessDate), -1);
  const result = useQuery(ListMembers, {
    variables: { code, through, first: PAGE_SIZE, after: trail.at(-1) },
  });
  const data = result.data ?? result.previousData;
  return (
    <section aria-labelledby="anggota-judul">
      <h2 id="anggota-judul">Anggota</h2>
      <Answer result={{ ...result, data }} what="anggota">
        {(answer) => {
          const members = answer.cooperative?.members;
          if (!members || members.totalCount === 0) {
            return <p className="empty">Belum ada anggota.</p>;
          }
          return (
            <div className={result.data ? '' : 'stale'} aria-busy={!result.data}>
              <table className="rows member-rows">
                <caption className="unseen">
                  {inThousands(members.totalCount)} anggota dan calon; ketuk nama untuk menerima
                  simpanan
                </caption>
                <Heads />
                <tbody>
                  {members.nodes.map((member) => (
                    <Row key={member.id} member={member} cooperative={cooperative} />
                  ))}
                </tbody>
              </table>
              <Pager
                label="Halaman anggota"
                trail={trail}
                onMove={setTrail}
                size={PAGE_SIZE}
                shown={members.nodes.length}
                totalCount={members.totalCount}
                pageInfo={members.pageInfo}
              />
            </div>
          );
        }}
      </Answer>
    </section>
  );
};
