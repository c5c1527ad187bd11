import { type FormEvent, useState } from 'react';
import type { Cooperative } from '../cooperative/queries.js';
import { Choice } from '../form/choice.js';
import { DateField, TextField } from '../form/field.js';
import { SendButton } from '../form/send-button.js';
import { inWords } from '../format/calendar.js';
import { usePlatform } from '../frame/platform.js';
import { useCommand } from '../server/command.js';
import { KtpVillage } from './ktp-village.js';
import { checkNik } from './nik.js';
import { AdmitMember, type Admitted } from './queries.js';

type Sex = 'L' | 'P';

const SEX_NAMES: Record<Sex, string> = { L: 'Laki-laki', P: 'Perempuan' };

type Draft = {
  nik: string;
  name: string;
  sex: Sex | undefined;
  birthDate: string;
  address: string;
  ktpVillage: string;
  phone: string;
  joinedOn: string;
};

const useDraft = (code: string, today: string) => {
  const [draft, setDraft] = useState<Draft>({
    nik: '',
    name: '',
    sex: undefined,
    birthDate: '',
    address: '',
    ktpVillage: code,
    phone: '',
    joinedOn: today,
  });
  const put = <Key extends keyof Draft>(key: Key) => {
    return (value: Draft[Key]) => setDraft((before) => ({ ...before, [key]: value }));
  };
  // Half of the form is in the NIK already; what somebody has filled in himself stays.
  const putNik = (typed: string) => {
    const nik = typed.replaceAll(' ', '');
    const { reading } = checkNik(nik, today);
    setDraft((before) => ({
      ...before,
      nik,
      sex: before.sex ?? reading?.sex,
      birthDate: before.birthDate || (reading?.birthDate ?? ''),
    }));
  };
  return { draft, put, putNik };
};

const nikHint = (nik: string, birthDate: string | undefined) => {
  if (birthDate) return `Lengkap. Tanggal lahir di dalamnya ${inWords(birthDate)}.`;
  return nik === '' ? '16 angka pada KTP' : `${nik.length} dari 16 angka`;
};

type FieldsProps = ReturnType<typeof useDraft> & { cooperative: Cooperative; today: string };

const IdentityFields = ({ draft, put, putNik, today }: Omit<FieldsProps, 'cooperative'>) => {
  const { trouble, reading } = checkNik(draft.nik, today);
  const otherDate = reading && draft.birthDate !== '' && draft.birthDate !== reading.birthDate;
  return (
    <>
      <TextField
        label="NIK"
        value={draft.nik}
        onChange={putNik}
        hint={nikHint(draft.nik, reading?.birthDate)}
        trouble={trouble}
        inputMode="numeric"
        autoComplete="off"
        pattern="[0-9]{16}"
        title="16 angka"
        required
      />
      <TextField
        label="Nama menurut KTP"
        value={draft.name}
        onChange={put('name')}
        autoComplete="off"
        autoCapitalize="words"
        maxLength={120}
        required
      />
      <Choice legend="Jenis kelamin" names={SEX_NAMES} value={draft.sex} onChange={put('sex')} />
      <DateField
        label="Tanggal lahir"
        value={draft.birthDate}
        onChange={put('birthDate')}
        max={today}
        hint={otherDate ? 'Lain dari tanggal di dalam NIK; periksa KTP.' : undefined}
        required
      />
    </>
  );
};

const PlaceFields = ({ draft, put, cooperative, today }: Omit<FieldsProps, 'putNik'>) => (
  <>
    <TextField
      label="Alamat"
      value={draft.address}
      onChange={put('address')}
      autoComplete="off"
      maxLength={300}
      required
    />
    <KtpVillage cooperative={cooperative} value={draft.ktpVillage} onChange={put('ktpVillage')} />
    <TextField
      label="Telepon (boleh kosong)"
      type="tel"
      value={draft.phone}
      onChange={put('phone')}
      autoComplete="off"
      maxLength={30}
    />
    <DateField
      label="Tanggal masuk"
      value={draft.joinedOn}
      onChange={put('joinedOn')}
      max={today}
      required
    />
  </>
);

type Props = { cooperative: Cooperative; onDone: (member: Admitted | null) => void };

/**
 * Admits a candidate by his KTP. What was typed stays until the server has taken it; he is null
 * where he cannot be shown yet.
 */
export const AdmitForm = ({ cooperative, onDone }: Props) => {
  const { businessDate } = usePlatform();
  const drafting = useDraft(cooperative.code, businessDate);
  const { send, sending, problem } = useCommand(AdmitMember);
  const { trouble, reading } = checkNik(drafting.draft.nik, businessDate);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { sex, phone, ...rest } = drafting.draft;
    if (!sex || !reading) return;
    const fields = { ...rest, sex, phone: phone.trim() || undefined };
    const data = await send({ cooperative: cooperative.code, ...fields });
    if (data) onDone(data.admitMember.member);
  };

  return (
    <form onSubmit={submit} className="sheet">
      <IdentityFields {...drafting} today={businessDate} />
      <PlaceFields {...drafting} cooperative={cooperative} today={businessDate} />
      <SendButton sending={sending} problem={problem} disabled={trouble !== undefined}>
        Terima anggota
      </SendButton>
    </form>
  );
};
