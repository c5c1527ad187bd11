type Known = { code?: unknown; sentence?: unknown; message?: unknown; cause?: unknown };

/** What the machine says, in the words of whoever sits before it. */
const MACHINE: Record<string, string> = {
  EADDRINUSE: 'Port ini sedang dipakai program lain. Pilih yang lain dengan --port atau PORT.',
  EACCES: 'Folder atau port ini tidak boleh dipakai oleh pengguna komputer ini.',
  EPERM: 'Folder ini tidak boleh dipakai oleh pengguna komputer ini.',
  EROFS: 'Folder data hanya dapat dibaca, sehingga tidak ada yang dapat dicatat.',
  ENOSPC:
    'Cakram penuh, sehingga tidak ada yang dapat dicatat. Kosongkan sebagian lalu mulai lagi.',
  ENOTDIR: 'Alamat folder data bukan sebuah folder.',
  EEXIST: 'Alamat folder data bukan sebuah folder.',
  ENOENT: 'Berkas atau folder tidak ada.',
};

const OF_STORE = 'Penyimpanan catatan tidak dapat dibuka atau ditulis.';

/** One line for people, with a code for whoever helps them. */
export const sentenceOf = (error: unknown): string => {
  const { code, sentence, message, cause } = (error ?? {}) as Known;
  if (typeof sentence === 'string') return `${sentence} [${String(code)}]`;
  if (typeof code === 'string' && MACHINE[code]) return `${MACHINE[code]} [${code}]`;
  const why = (cause as Known | undefined)?.message ?? message;
  const isOfStore = (error as Error | undefined)?.name === 'StoreUnavailable';
  if (isOfStore) return `${OF_STORE} [STORE_UNAVAILABLE] ${String(why)}`;
  return typeof message === 'string' ? message : String(error);
};
