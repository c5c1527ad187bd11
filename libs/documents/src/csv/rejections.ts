type At = { line: number };

const list = (words: readonly (string | number)[]) => words.join(', ');

/** Why a CSV file cannot be read. `details.line` is the physical line, the first is 1. */
export const csvRejections = {
  CSV_EMPTY: (_: At) => 'Berkas CSV kosong: tidak ada baris judul kolom.',
  CSV_NOT_UTF8: ({ line }: At) =>
    `Baris ${line} bukan teks UTF-8. Simpan ulang berkas sebagai "CSV UTF-8".`,
  CSV_HEADER_MISSING: ({ line }: At) =>
    `Baris ${line} bukan judul kolom. Baris pertama harus berisi judul kolom, ` +
    'dipisahkan koma atau titik koma.',
  CSV_COLUMNS_MISSING: ({ missing, strangers }: At & { missing: string[]; strangers: number[] }) =>
    `Kolom tidak ada: ${list(missing)}.` +
    (strangers.length > 0 ? ` Judul yang tidak dikenal: kolom ke-${list(strangers)}.` : ''),
  CSV_COLUMNS_UNKNOWN: ({ unknown }: At & { unknown: string[] }) =>
    `Kolom tidak dikenal: ${list(unknown)}. Hapus kolom itu atau perbaiki judulnya.`,
  CSV_COLUMN_TWICE: ({ column }: At & { column: string }) =>
    `Kolom ${column} ada lebih dari satu kali.`,
  CSV_COLUMN_COUNT: ({ line, expected, actual }: At & { expected: number; actual: number }) =>
    `Baris ${line} berisi ${actual} kolom, seharusnya ${expected}. ` +
    'Apit isi yang mengandung pemisah dengan tanda kutip ganda.',
  CSV_QUOTE_NOT_CLOSED: ({ line }: At) =>
    `Tanda kutip yang dibuka pada baris ${line} tidak ditutup.`,
  CSV_QUOTE_MISPLACED: ({ line }: At) =>
    `Tanda kutip pada baris ${line} salah tempat. ` +
    'Tanda kutip di dalam isi ditulis dua kali, dan seluruh isinya diapit tanda kutip.',
  CSV_ROW_TOO_LONG: ({ line }: At) =>
    `Baris ${line} terlalu panjang. Mungkin ada tanda kutip yang tidak ditutup.`,
};
