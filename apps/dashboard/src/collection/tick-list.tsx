import { memo, useCallback, useRef, useState } from 'react';
import { TextField } from '../form/field.js';
import { inRupiah, inThousands } from '../format/rupiah.js';
import { matches, nameOf } from '../member/words.js';
import type { ListedMember } from './list.js';

type RowProps = {
  member: ListedMember;
  due: number;
  ticked: boolean;
  onToggle: (id: string) => void;
};

// A list may have thousands of rows, and a tick must not draw them all again.
const Row = memo(({ member, due, ticked, onToggle }: RowProps) => (
  <li className={member.paid ? 'paid' : ''}>
    <label>
      <input
        type="checkbox"
        checked={member.paid || ticked}
        disabled={member.paid}
        onChange={() => onToggle(member.id)}
      />
      <span className="at-number">{member.number}</span>
      <span className="at-name">
        {nameOf(member)}
        {member.status === 'CALON' && <span className="badge calon">Calon</span>}
      </span>
      <span className="figure">{member.paid ? 'Sudah bayar' : inRupiah(due)}</span>
    </label>
  </li>
));

type Ticking = {
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
};

const TickButtons = ({ shown, ticked, onTick }: Ticking & { shown: readonly ListedMember[] }) => {
  const open = shown.filter(({ paid }) => !paid);
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={open.length === 0}
        onClick={() => onTick(new Set([...ticked, ...open.map(({ id }) => id)]))}
      >
        Tandai semua
      </button>
      <button
        type="button"
        className="quiet"
        disabled={ticked.size === 0}
        onClick={() => onTick(new Set())}
      >
        Kosongkan
      </button>
    </>
  );
};

type Props = Ticking & {
  members: readonly ListedMember[];
  /** The month's wajib, in rupiah. */
  due: number;
  locked: boolean;
};

/** Everybody on the list; those who have paid are shown so, the others can be ticked. */
export const TickList = ({ members, due, ticked, onTick, locked }: Props) => {
  const [typed, setTyped] = useState('');
  const latest = useRef(ticked);
  latest.current = ticked;
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(latest.current);
      if (!next.delete(id)) next.add(id);
      onTick(next);
    },
    [onTick],
  );
  const shown = members.filter((member) => matches(member, typed));
  const paidCount = members.filter(({ paid }) => paid).length;
  if (members.length === 0) {
    return <p className="empty">Belum ada anggota pada bulan ini.</p>;
  }
  return (
    <fieldset className="tick-list" disabled={locked}>
      <legend>
        {inThousands(members.length)} orang, {inThousands(paidCount)} sudah bayar; wajib{' '}
        {inRupiah(due)}
      </legend>
      <div className="tick-tools">
        <TextField
          label="Cari nomor atau nama"
          type="search"
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
        <TickButtons shown={shown} ticked={ticked} onTick={onTick} />
      </div>
      <ul>
        {shown.map((member) => (
          <Row
            key={member.id}
            member={member}
            due={due}
            ticked={ticked.has(member.id)}
            onToggle={toggle}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className="empty">Tidak ada yang cocok.</p>}
    </fieldset>
  );
};
