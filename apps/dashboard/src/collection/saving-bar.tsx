import { inRupiah, inThousands } from '../format/rupiah.js';
import type { Problem } from '../server/problem.js';
import { ProblemNote } from '../server/problem-note.js';
import { voucherRange } from './list.js';
import type { Saved } from './saving.js';

type Props = {
  count: number;
  /** Rupiah. */
  total: number;
  sending: boolean;
  problem: Problem | undefined;
  saved: Saved | undefined;
  disabled: boolean;
  onSave: () => Promise<void>;
};

const SavedNote = ({ vouchers, total }: Saved) => (
  <p className="saved">
    {inThousands(vouchers.length)} setoran tercatat, jumlah {inRupiah(total)}. Nomor bukti{' '}
    {voucherRange(vouchers)}.
  </p>
);

/** The running total and the button that saves it, always in reach of the thumb. */
export const SavingBar = (props: Props) => {
  const { count, total, sending, problem, saved, disabled, onSave } = props;
  const uncertain = problem?.uncertain === true;
  const label = uncertain ? 'Coba lagi' : 'Simpan pungutan';
  return (
    <div className="saving-bar">
      {/* The next ticks begin another collection. */}
      <div role="status">{saved && (count === 0 || problem) && <SavedNote {...saved} />}</div>
      <ProblemNote problem={problem} />
      {uncertain && (
        <p className="hint">
          Daftar ditahan seperti waktu dikirim; mengirim ulang tidak mencatat dua kali.
        </p>
      )}
      <p role="status" className="running-total">
        {inThousands(count)} anggota, <strong>{inRupiah(total)}</strong>
      </p>
      <button
        type="button"
        className="main-act"
        disabled={disabled || sending}
        onClick={() => {
          void onSave();
        }}
      >
        {sending ? 'Menyimpan…' : label}
      </button>
    </div>
  );
};
