import { inWords, monthName } from '../format/calendar.js';
import { inRupiah } from '../format/rupiah.js';
import { terbilang } from '../format/terbilang.js';
import { CHANNEL_NAMES, type Channel, type SimpananKind } from './queries.js';

type Balance = { pokok: number; wajib: number; sukarela: number };

/**
 * What a deposit's receipt says. Amounts in rupiah, balances as they were after it; none where
 * that was not known yet.
 */
export type Receipt = {
  voucher: string;
  cooperative: string;
  member: { number: number; name: string };
  kind: SimpananKind;
  month?: string;
  amount: number;
  date: string;
  channel: Channel;
  receivedBy: string;
  balance: Balance | undefined;
  demo: boolean;
};

const PURPOSES: Record<SimpananKind, string> = {
  POKOK: 'Simpanan pokok',
  WAJIB: 'Simpanan wajib',
  SUKARELA: 'Simpanan sukarela',
};

const balanceText = (balance: Balance | undefined): string => {
  if (!balance) return 'belum dapat ditampilkan; lihat sebentar lagi';
  const { pokok, wajib, sukarela } = balance;
  return `pokok ${inRupiah(pokok)}, wajib ${inRupiah(wajib)}, sukarela ${inRupiah(sukarela)}`;
};

export const RECEIPT_TITLE = 'Bukti setoran simpanan';

/** The lines of a receipt, each a label and what stands beside it. */
export const receiptLines = (receipt: Receipt): [label: string, text: string][] => {
  const { kind, month, member, balance } = receipt;
  const ofMonth = kind === 'WAJIB' && month ? ` ${monthName(month)}` : '';
  return [
    ['Nomor bukti', receipt.voucher],
    ['Tanggal', inWords(receipt.date)],
    ['Diterima dari', `${member.name} (nomor ${member.number})`],
    ['Untuk', `${PURPOSES[kind]}${ofMonth}`],
    ['Jumlah', inRupiah(receipt.amount)],
    ['Terbilang', `${terbilang(receipt.amount)} rupiah`],
    ['Cara bayar', CHANNEL_NAMES[receipt.channel]],
    ['Dicatat oleh', receipt.receivedBy],
    ['Saldo sesudahnya', balanceText(balance)],
  ];
};

/** The receipt as a message to send. */
export const receiptText = (receipt: Receipt): string => {
  const title = receipt.demo ? `${RECEIPT_TITLE} (DATA CONTOH)` : RECEIPT_TITLE;
  const lines = receiptLines(receipt).map(([label, text]) => `${label}: ${text}`);
  return [title, receipt.cooperative, ...lines].join('\n');
};
