import { type FormEvent, useState } from 'react';
import type { Cooperative } from '../cooperative/queries.js';
import { MonthField, RupiahField } from '../form/field.js';
import { SendButton } from '../form/send-button.js';
import { monthName, monthOf, monthsBetween, monthsLater } from '../format/calendar.js';
import { dotted, inRupiah, rupiahFrom } from '../format/rupiah.js';
import { usePlatform } from '../frame/platform.js';
import { useCommand } from '../server/command.js';
import { nextPolicyFrom, policyIn } from './policy.js';
import { SetSimpananPolicy } from './queries.js';

const MONTHS_BACK = 60;
const MONTHS_AHEAD = 24;

type Props = { cooperative: Cooperative };

const PolicyForm = ({ cooperative, onDone }: Props & { onDone: () => void }) => {
  const { code, simpananPolicies } = cooperative;
  const thisMonth = monthOf(usePlatform().businessDate);
  const latest = simpananPolicies.at(-1);
  const [pokok, setPokok] = useState(latest ? dotted(String(latest.pokok)) : '');
  const [wajib, setWajib] = useState(latest ? dotted(String(latest.wajib)) : '');
  const [from, setFrom] = useState(nextPolicyFrom(simpananPolicies, thisMonth));
  const [pokokInParts, setPokokInParts] = useState(latest?.pokokInParts ?? false);
  const { send, sending, problem } = useCommand(SetSimpananPolicy);
  const months = monthsBetween(
    monthsLater(thisMonth, -MONTHS_BACK),
    monthsLater(thisMonth, MONTHS_AHEAD),
  );
  const amounts = { pokok: rupiahFrom(pokok), wajib: rupiahFrom(wajib) };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!amounts.pokok || amounts.wajib === undefined) return;
    const fields = { cooperative: code, from, pokok: amounts.pokok, wajib: amounts.wajib };
    if (await send({ ...fields, pokokInParts })) onDone();
  };
  return (
    <form onSubmit={submit}>
      <RupiahField
        label="Simpanan pokok per anggota"
        value={pokok}
        onChange={setPokok}
        least={1}
        required
      />
      <RupiahField
        label="Simpanan wajib per bulan"
        value={wajib}
        onChange={setWajib}
        least={0}
        required
      />
      <MonthField label="Berlaku mulai" value={from} months={months} onChange={setFrom} />
      <label className="tick">
        <input
          type="checkbox"
          checked={pokokInParts}
          onChange={(event) => setPokokInParts(event.target.checked)}
        />
        <span>Pokok boleh diangsur</span>
      </label>
      <SendButton sending={sending} problem={problem}>
        Tetapkan simpanan
      </SendButton>
    </form>
  );
};

const History = ({ cooperative }: Props) => (
  <ul className="policies">
    {cooperative.simpananPolicies.map(({ from, pokok, wajib, pokokInParts }) => (
      <li key={from}>
        <strong>Mulai {monthName(from)}</strong>: pokok {inRupiah(pokok)}
        {pokokInParts ? ' (boleh diangsur)' : ''}, wajib {inRupiah(wajib)} per bulan
      </li>
    ))}
  </ul>
);

/** What the members' meeting decided about pokok and wajib, and the form that records it. */
export const PolicyPanel = ({ cooperative }: Props) => {
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState(false);
  const { businessDate } = usePlatform();
  const none = policyIn(cooperative.simpananPolicies, monthOf(businessDate)) === undefined;
  const done = () => {
    setOpen(false);
    setSaved(true);
  };
  return (
    <section className="panel" aria-labelledby="ketetapan-judul">
      <h2 id="ketetapan-judul">Ketetapan simpanan</h2>
      {none && <p>Besar simpanan pokok dan wajib belum ditetapkan untuk bulan ini.</p>}
      <History cooperative={cooperative} />
      <p role="status">{saved && 'Ketetapan baru tercatat.'}</p>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Tetapkan simpanan pokok dan wajib</summary>
        {open && <PolicyForm cooperative={cooperative} onDone={done} />}
      </details>
    </section>
  );
};
