import { constants } from 'node:os';

type Known = Partial<Record<'code' | 'sentence' | 'message' | 'path' | 'cause', unknown>>;

/** What the machine says, in the words of whoever sits before it. */
const MACHINE: Record<string, string> = {
  EADDRINUSE: 'Port ini sedang dipakai program lain. Pilih yang lain dengan --port atau PORT.',
  EACCES: 'Folder atau port ini tidak boleh dipakai oleh pengguna komputer ini.',
  EPERM: 'Folder ini tidak boleh dipakai oleh pengguna komputer ini.',
  EROFS: 'Folder data hanya dapat dibaca, sehingga tidak ada yang dapat dicatat.',
  ENOSPC:
    'Cakram penuh, sehingga tidak ada yang dapat dicatat. Kosongkan sebagian lalu mulai lagi.',
  EIO: 'Cakram penuh atau rusak, sehingga tidak ada yang dapat dicatat.',
  ENOTDIR: 'Alamat folder data bukan sebuah folder.',
  EEXIST: 'Alamat folder data bukan sebuah folder.',
  ENOENT: 'Berkas atau folder tidak ada.',
  EISDIR: 'Alamat berkas ini sebuah folder.',
};

// Some libraries tell the number of an error and not its name.
const BY_NUMBER = new Map<unknown, string>(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);

const machineCode = (code: unknown): string | undefined => {
  const name = BY_NUMBER.get(code) ?? code;
  return typeof name === 'string' && MACHINE[name] ? name : undefined;
};

const OF_STORE = 'Penyimpanan catatan tidak dapat dibuka atau ditulis.';
const OF_PROGRAM = 'Terjadi kesalahan pada program.';

/** One line for people, with a code for whoever helps them. */
export const sentenceOf = (error: unknown): string => {
  const { code, sentence, message, path, cause } = (error ?? {}) as Known;
  if (typeof sentence === 'string') return `${sentence} [${String(code)}]`;
  const machine = machineCode(code) ?? machineCode((cause as Known | undefined)?.code);
  if (machine) {
    const where = typeof path === 'string' ? ` ${path}` : '';
    return `${MACHINE[machine]} [${machine}]${where}`;
  }
  const why = (cause as Known | undefined)?.message ?? message;
  const isOfStore = (error as Error | undefined)?.name === 'StoreUnavailable';
  if (isOfStore) return `${OF_STORE} [STORE_UNAVAILABLE] ${String(why)}`;
  return `${OF_PROGRAM} [UNEXPECTED] ${typeof message === 'string' ? message : String(error)}`;
};
