import { type FormEvent, useState } from 'react';
import type { Cooperative } from '../cooperative/queries.js';
import { DateField, TextField } from '../form/field.js';
import { SendButton } from '../form/send-button.js';
import { usePlatform } from '../frame/platform.js';
import { useCommand } from '../server/command.js';
import { OpenUsp } from './queries.js';

const OpenForm = ({ code, onDone }: { code: string; onDone: () => void }) => {
  const { businessDate } = usePlatform();
  const [licence, setLicence] = useState('');
  const [licensedOn, setLicensedOn] = useState(businessDate);
  const { send, sending, problem } = useCommand(OpenUsp);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fields = { cooperative: code, licence: licence.trim(), licensedOn };
    if (await send(fields)) onDone();
  };
  return (
    <form onSubmit={submit}>
      <TextField label="Nomor izin usaha" value={licence} onChange={setLicence} required />
      <DateField
        label="Tanggal izin"
        value={licensedOn}
        onChange={setLicensedOn}
        max={businessDate}
        required
      />
      <SendButton sending={sending} problem={problem}>
        Buka USP
      </SendButton>
    </form>
  );
};

/** The savings and loan unit: whether it is open, and the form that opens it. */
export const UspPanel = ({ cooperative }: { cooperative: Cooperative }) => {
  const [opened, setOpened] = useState(false);
  const isOpen = cooperative.books.some(({ book, uspOpen }) => book === 'USP' && uspOpen);
  return (
    <section className="panel" aria-labelledby="usp-judul">
      <h2 id="usp-judul">Unit simpan pinjam</h2>
      <p role="status">
        {isOpen || opened
          ? 'Sudah dibuka; simpanan sukarela dapat diterima.'
          : 'Belum dibuka. Simpanan sukarela memerlukan izin usaha.'}
      </p>
      {!isOpen && !opened && (
        <details>
          <summary>Buka unit simpan pinjam</summary>
          <OpenForm code={cooperative.code} onDone={() => setOpened(true)} />
        </details>
      )}
    </section>
  );
};
