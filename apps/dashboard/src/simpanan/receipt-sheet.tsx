import { useEffect, useRef, useState } from 'react';
import { RECEIPT_TITLE, type Receipt, receiptLines, receiptText } from './receipt-text.js';
import './simpanan.css';

// Not every browser shares, and sharing may be called off: then nothing needs to be said.
const share = async (receipt: Receipt): Promise<string> => {
  const text = receiptText(receipt);
  if (navigator.share) {
    try {
      await navigator.share({ title: RECEIPT_TITLE, text });
      return '';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return '';
    }
  }
  try {
    await navigator.clipboard.writeText(text);
    return 'Teks bukti disalin; tempelkan di pesan.';
  } catch {
    return 'Perangkat ini tidak dapat membagikan. Cetak bukti, atau salin teksnya dengan tangan.';
  }
};

type Props = { receipt: Receipt; onAgain: () => void };

/** The receipt of a deposit; only the sheet itself is printed. */
export const ReceiptSheet = ({ receipt, onAgain }: Props) => {
  const [shared, setShared] = useState('');
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => sheet.current?.focus(), []);
  return (
    <>
      <p role="status" className="saved">
        Setoran tercatat dengan nomor bukti {receipt.voucher}.
      </p>
      <article className="receipt" ref={sheet} tabIndex={-1} aria-labelledby="bukti-judul">
        <header>
          {receipt.demo && <p className="receipt-demo">DATA CONTOH</p>}
          <h2 id="bukti-judul">{RECEIPT_TITLE}</h2>
          <p>{receipt.cooperative}</p>
        </header>
        <dl>
          {receiptLines(receipt).map(([label, text]) => (
            <div key={label} className={label === 'Jumlah' ? 'receipt-amount' : ''}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </article>
      <div className="row">
        <button type="button" onClick={() => window.print()}>
          Cetak
        </button>
        <button
          type="button"
          onClick={() => {
            share(receipt).then(setShared, () => undefined);
          }}
        >
          Bagikan
        </button>
        <button type="button" className="quiet" onClick={onAgain}>
          Setoran berikutnya
        </button>
      </div>
      <p role="status" className="hint">
        {shared}
      </p>
    </>
  );
};
