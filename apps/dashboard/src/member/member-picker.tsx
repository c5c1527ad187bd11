import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { TextField } from '../form/field.js';
import { inThousands } from '../format/rupiah.js';
import type { Member } from './queries.js';
import { matches, nameOf, STATUS_NAMES } from './words.js';
import './member.css';

const SHOWN = 8;

type Props = {
  members: readonly Member[];
  chosen: Member | undefined;
  onChoose: (member: Member | undefined) => void;
};

const Chosen = ({ chosen, onChoose }: { chosen: Member; onChoose: Props['onChoose'] }) => {
  const change = useRef<HTMLButtonElement>(null);
  useEffect(() => change.current?.focus(), []);
  return (
    <div className="chosen-member">
      <p>
        <span className="hint">Anggota</span>
        <strong>
          {chosen.number}. {nameOf(chosen)}
        </strong>{' '}
        <span className={`badge ${chosen.status.toLowerCase()}`}>
          {STATUS_NAMES[chosen.status]}
        </span>
      </p>
      <button type="button" className="quiet" ref={change} onClick={() => onChoose(undefined)}>
        Ganti anggota
      </button>
    </div>
  );
};

/** Finds one member by number or name. */
export const MemberPicker = ({ members, chosen, onChoose }: Props) => {
  const [typed, setTyped] = useState('');
  if (chosen) return <Chosen chosen={chosen} onChoose={onChoose} />;

  const found = members.filter((member) => matches(member, typed));
  const exact = found.find(({ number }) => String(number) === typed.trim());
  // Enter in a text box would send the form.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const only = exact ?? (found.length === 1 ? found[0] : undefined);
    if (only) onChoose(only);
  };
  return (
    <div className="member-picker">
      <TextField
        label="Cari anggota (nomor atau nama)"
        type="search"
        value={typed}
        onChange={setTyped}
        onKeyDown={onKeyDown}
        autoComplete="off"
      />
      <p role="status" className="hint">
        {found.length === 0
          ? 'Tidak ada yang cocok.'
          : `${inThousands(found.length)} anggota cocok`}
      </p>
      <ul>
        {found.slice(0, SHOWN).map((member) => (
          <li key={member.id}>
            <button type="button" className="member-option" onClick={() => onChoose(member)}>
              <span className="at-number">{member.number}</span>
              <span>{nameOf(member)}</span>
              <span className={`badge ${member.status.toLowerCase()}`}>
                {STATUS_NAMES[member.status]}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className="hint">Ketik lagi untuk mempersempit.</p>}
    </div>
  );
};
