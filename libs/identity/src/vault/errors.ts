const SENTENCES = {
  MASTER_KEY_READABLE_BY_OTHERS: (file: string) =>
    `Berkas kunci induk ${file} dapat dibaca pengguna lain. Jalankan: chmod 600 ${file}`,
  MASTER_KEY_LENGTH_WRONG: (file: string) =>
    `Berkas kunci induk ${file} rusak: panjangnya bukan 32 byte. Pulihkan dari cadangan.`,
  MASTER_KEY_MISSING: (file: string) =>
    `Berkas kunci induk ${file} tidak ada, padahal brankas data pribadi sudah dipakai. ` +
    'Pulihkan dari cadangan; kunci baru tidak dapat membuka data yang lama.',
  MASTER_KEY_DIFFERS: (file: string) =>
    `Kunci induk di ${file} bukan kunci brankas data pribadi ini. Pulihkan kunci yang benar.`,
  VAULT_CANNOT_OPEN: (folder: string) =>
    `Brankas data pribadi di ${folder} tidak dapat dibuka. Periksa hak akses dan ruang disk.`,
  VAULT_CLOSED: () => 'Brankas data pribadi sudah ditutup.',
  PERSON_UNKNOWN: () => 'Kunci data pribadi orang ini tidak ada.',
  PERSON_KEY_DAMAGED: () => 'Kunci data pribadi orang ini rusak. Pulihkan brankas dari cadangan.',
  SEALED_TAMPERED: () => 'Data pribadi tidak utuh: isinya pernah diubah atau tertukar.',
  SEALED_VERSION_UNKNOWN: () => 'Data pribadi ditulis oleh versi program yang lebih baru.',
};

export type VaultErrorCode = keyof typeof SENTENCES;

/** The vault cannot be trusted or used as it is. It names files and folders, never a value. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly sentence: string;
  constructor(
    readonly code: VaultErrorCode,
    { place = '', ...options }: ErrorOptions & { place?: string } = {},
  ) {
    const sentence = SENTENCES[code](place);
    super(`${code}: ${sentence}`, options);
    this.sentence = sentence;
  }
}
