import { type FormEvent, useState } from 'react';
import type { Cooperative } from '../cooperative/queries.js';
import { Choice } from '../form/choice.js';
import { DateField, MonthField, RupiahField } from '../form/field.js';
import { SendButton } from '../form/send-button.js';
import { monthOf } from '../format/calendar.js';
import { dotted, inRupiah, rupiahFrom } from '../format/rupiah.js';
import { usePlatform } from '../frame/platform.js';
import { MemberPicker } from '../member/member-picker.js';
import type { Member } from '../member/queries.js';
import { nameOf } from '../member/words.js';
import { useCommand } from '../server/command.js';
import { useCurrentUser } from '../server/user.js';
import { firstKind, hintFor, suggestedAmount } from './deposit-terms.js';
import {
  CHANNEL_NAMES,
  type Channel,
  DepositSimpanan,
  KIND_NAMES,
  type SimpananKind,
} from './queries.js';
import type { Receipt } from './receipt-text.js';
import './simpanan.css';

type Draft = {
  member: Member | undefined;
  kind: SimpananKind;
  month: string | undefined;
  amount: string;
  date: string;
  channel: Channel;
};

type Change = Partial<Pick<Draft, 'member' | 'kind' | 'month'>>;

// The amount follows what is paid for, and can then be changed where the policy leaves a choice.
const priced = (draft: Draft, change: Change, cooperative: Cooperative): Draft => {
  const next = { ...draft, ...change };
  const { member } = next;
  if (!member) return { ...next, amount: '' };
  if (change.member) next.kind = firstKind(member);
  if (change.month === undefined) next.month = member.simpanan.unpaidMonths[0];
  const suggested = suggestedAmount(cooperative.simpananPolicies, member, next);
  return { ...next, amount: suggested ? dotted(String(suggested)) : '' };
};

const useDraft = (cooperative: Cooperative, asked: Member | undefined) => {
  const { businessDate } = usePlatform();
  const [draft, setDraft] = useState<Draft>(() => {
    const blank: Draft = {
      member: undefined,
      kind: 'WAJIB',
      month: undefined,
      amount: '',
      date: businessDate,
      channel: 'KAS',
    };
    return asked ? priced(blank, { member: asked }, cooperative) : blank;
  });
  const choose = (change: Change) => setDraft((before) => priced(before, change, cooperative));
  const put = (change: Partial<Pick<Draft, 'amount' | 'date' | 'channel'>>) =>
    setDraft((before) => ({ ...before, ...change }));
  return { draft, choose, put };
};

type DuesProps = {
  draft: Draft;
  member: Member;
  onChange: (month: string) => void;
};

const Dues = ({ draft, member, onChange }: DuesProps) => {
  const thisMonth = monthOf(usePlatform().businessDate);
  const months = member.simpanan.unpaidMonths;
  const noteOf = (month: string) => {
    if (month < thisMonth) return ' (tunggakan)';
    return month > thisMonth ? ' (di muka)' : ' (bulan ini)';
  };
  if (months.length === 0) {
    return <p className="hint">Tidak ada bulan yang belum dibayar.</p>;
  }
  return (
    <MonthField
      label="Bulan yang dibayar"
      value={draft.month ?? ''}
      months={months}
      note={noteOf}
      onChange={onChange}
    />
  );
};

type PaidProps = ReturnType<typeof useDraft> & { member: Member; cooperative: Cooperative };

const PaidFields = ({ draft, choose, put, member, cooperative }: PaidProps) => {
  const { businessDate } = usePlatform();
  const { kind, amount, date, channel } = draft;
  return (
    <>
      <Choice
        legend="Jenis simpanan"
        names={KIND_NAMES}
        value={kind}
        onChange={(chosen) => choose({ kind: chosen })}
      />
      <p className="hint">{hintFor(kind, member, cooperative)}</p>
      {kind === 'WAJIB' && (
        <Dues draft={draft} member={member} onChange={(chosen) => choose({ month: chosen })} />
      )}
      <RupiahField
        label="Jumlah"
        value={amount}
        onChange={(text) => put({ amount: text })}
        least={1}
        required
      />
      <DateField
        label="Tanggal terima"
        value={date}
        onChange={(day) => put({ date: day })}
        max={businessDate}
        required
      />
      <Choice
        legend="Cara bayar"
        names={CHANNEL_NAMES}
        value={channel}
        onChange={(chosen) => put({ channel: chosen })}
      />
    </>
  );
};

type Props = {
  cooperative: Cooperative;
  members: readonly Member[];
  /** Id of a member chosen before. */
  asked: string | undefined;
  onDone: (receipt: Receipt) => void;
};

/** Takes one deposit. */
export const DepositForm = ({ cooperative, members, asked, onDone }: Props) => {
  const { demo } = usePlatform();
  const receivedBy = useCurrentUser();
  const drafting = useDraft(
    cooperative,
    members.find(({ id }) => id === asked),
  );
  const { send, sending, problem } = useCommand(DepositSimpanan);
  const { member, kind, date, channel } = drafting.draft;
  const month = kind === 'WAJIB' ? drafting.draft.month : undefined;
  const amount = rupiahFrom(drafting.draft.amount);
  const complete = member && amount && (kind !== 'WAJIB' || month);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return;
    const paid = { kind, month, amount, date, channel };
    const data = await send({ cooperative: cooperative.code, member: member.id, ...paid });
    if (!data) return;
    const { voucher, member: after } = data.depositSimpanan;
    const who = { number: member.number, name: nameOf(member) };
    const { name } = cooperative;
    const balance = after?.simpanan;
    onDone({ voucher, cooperative: name, member: who, ...paid, receivedBy, balance, demo });
  };

  return (
    <form onSubmit={submit} className="sheet">
      <MemberPicker
        members={members}
        chosen={member}
        onChoose={(chosen) => drafting.choose({ member: chosen })}
      />
      {member && (
        <>
          <PaidFields {...drafting} member={member} cooperative={cooperative} />
          <SendButton sending={sending} problem={problem} disabled={!complete}>
            {`Terima ${inRupiah(amount ?? 0)}`}
          </SendButton>
        </>
      )}
    </form>
  );
};
