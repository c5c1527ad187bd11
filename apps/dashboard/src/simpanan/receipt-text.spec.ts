import { type Receipt, receiptText } from './receipt-text.js';

const receipt: Receipt = {
  voucher: 'UMUM/2026/000012',
  cooperative: 'Koperasi Kelurahan Merah Putih Pare',
  member: { number: 12, name: 'Siti Nur Aminah' },
  kind: 'WAJIB',
  month: '2026-11',
  amount: 10_000,
  date: '2026-11-24',
  channel: 'KAS',
  receivedBy: 'kasir',
  balance: { pokok: 100_000, wajib: 110_000, sukarela: 0 },
  demo: false,
};

describe('a receipt as a message', () => {
  it('says what was paid, for whom and by whom it was taken', () => {
    expect(receiptText(receipt)).toBe(
      [
        'Bukti setoran simpanan',
        'Koperasi Kelurahan Merah Putih Pare',
        'Nomor bukti: UMUM/2026/000012',
        'Tanggal: 24 Nov 2026',
        'Diterima dari: Siti Nur Aminah (nomor 12)',
        'Untuk: Simpanan wajib November 2026',
        'Jumlah: Rp10.000',
        'Terbilang: sepuluh ribu rupiah',
        'Cara bayar: Kas (tunai)',
        'Dicatat oleh: kasir',
        'Saldo sesudahnya: pokok Rp100.000, wajib Rp110.000, sukarela Rp0',
      ].join('\n'),
    );
  });

  it('names no month for the other kinds', () => {
    expect(receiptText({ ...receipt, kind: 'POKOK', month: undefined })).toMatch(
      /^Untuk: Simpanan pokok$/m,
    );
  });

  it('shows no balance where the one after it is not known yet', () => {
    const lines = receiptText({ ...receipt, balance: undefined }).split('\n');
    expect(lines.at(-1)).toBe('Saldo sesudahnya: belum dapat ditampilkan; lihat sebentar lagi');
    expect(lines).toContain('Nomor bukti: UMUM/2026/000012');
  });

  it('does not pass for a real one in a demonstration', () => {
    expect(receiptText({ ...receipt, demo: true })).toMatch(/DATA CONTOH/);
  });
});
