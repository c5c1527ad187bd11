import { useState } from 'react';
import { FormPage } from '../cooperative/form-page.js';
import type { Cooperative } from '../cooperative/queries.js';
import { WithCooperative } from '../cooperative/with-cooperative.js';
import { Choice } from '../form/choice.js';
import { DateField, MonthField } from '../form/field.js';
import { monthName, monthOf, monthsBetween, monthsLater } from '../format/calendar.js';
import { usePlatform } from '../frame/platform.js';
import { useRoll } from '../member/roll.js';
import { Link } from '../navigation/link.js';
import { Answer } from '../server/answer.js';
import { policyIn } from '../simpanan/policy.js';
import { CHANNEL_NAMES, type Channel } from '../simpanan/queries.js';
import { listFor } from './list.js';
import { useSaving } from './saving.js';
import { SavingBar } from './saving-bar.js';
import { TickList } from './tick-list.js';
import './collection.css';

const MONTHS_BACK = 12;

const NoDue = ({ cooperative, month }: { cooperative: Cooperative; month: string }) => (
  <p className="notice">
    Simpanan wajib untuk {monthName(month)} belum ditetapkan.{' '}
    <Link href={`/koperasi/${cooperative.code}`}>Tetapkan di halaman koperasi</Link>
  </p>
);

type Terms = { month: string; date: string; channel: Channel };

type TermsProps = { terms: Terms; onChange: (terms: Terms) => void; locked: boolean };

const TermsFields = ({ terms, onChange, locked }: TermsProps) => {
  const { businessDate } = usePlatform();
  const thisMonth = monthOf(businessDate);
  const months = monthsBetween(monthsLater(thisMonth, -MONTHS_BACK), monthsLater(thisMonth, 1));
  return (
    <fieldset className="sheet collection-terms" disabled={locked}>
      <legend className="unseen">Pungutan</legend>
      <MonthField
        label="Bulan"
        value={terms.month}
        months={months}
        onChange={(month) => onChange({ ...terms, month })}
      />
      <DateField
        label="Tanggal terima"
        value={terms.date}
        onChange={(date) => onChange({ ...terms, date })}
        max={businessDate}
        required
      />
      <Choice
        legend="Cara bayar"
        names={CHANNEL_NAMES}
        value={terms.channel}
        onChange={(channel) => onChange({ ...terms, channel })}
      />
    </fieldset>
  );
};

const Collection = ({ cooperative }: { cooperative: Cooperative }) => {
  const { code, simpananPolicies } = cooperative;
  const { businessDate } = usePlatform();
  const [terms, setTerms] = useState<Terms>({
    month: monthOf(businessDate),
    date: businessDate,
    channel: 'KAS',
  });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { month } = terms;
  const roll = useRoll(code, month);
  const { save, sending, problem, saved, uncertain } = useSaving();
  const due = policyIn(simpananPolicies, month)?.wajib ?? 0;
  const locked = sending || uncertain;
  const listed = listFor(roll.data ?? [], month);
  const chosen = listed.filter(({ id, paid }) => !paid && ticked.has(id));

  const change = (next: Terms) => {
    setTerms(next);
    if (next.month !== month) setTicked(new Set());
  };
  const submit = async () => {
    const members = chosen.map(({ id }) => id);
    const refusal = await save({ cooperative: code, members, ...terms });
    if (!refusal) setTicked(new Set());
    if (!refusal?.uncertain) await roll.refetch();
  };
  return (
    <>
      <TermsFields terms={terms} onChange={change} locked={locked} />
      {due === 0 ? (
        <NoDue cooperative={cooperative} month={month} />
      ) : (
        <>
          <Answer result={roll} what="anggota">
            {() => (
              <TickList
                members={listed}
                due={due}
                ticked={ticked}
                onTick={setTicked}
                locked={locked || roll.loading}
              />
            )}
          </Answer>
          <SavingBar
            count={chosen.length}
            total={chosen.length * due}
            sending={sending}
            problem={problem}
            saved={saved}
            disabled={!uncertain && (chosen.length === 0 || roll.loading)}
            onSave={submit}
          />
        </>
      )}
    </>
  );
};

/** `/koperasi/:code/pungutan-wajib`: this month's wajib of everybody, saved once. */
export const CollectionPage = ({ code }: { code: string }) => (
  <WithCooperative code={code}>
    {(cooperative) => (
      <FormPage title="Daftar pungutan wajib" cooperative={cooperative}>
        <Collection cooperative={cooperative} />
      </FormPage>
    )}
  </WithCooperative>
);
