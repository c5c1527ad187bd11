import { isUtf8 } from 'node:buffer';
import { refuse } from '#lumbung/kernel';
import { csvRejections } from './rejections.js';

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export const LINE_BREAK = /\r\n|\n|\r/;

/** The longest row in bytes, and so the most that is held back for the rest of a line. */
export const ROW_BYTES_MAX = 65_536;

// A CR in the last place may be half of a CR LF.
const endOfLastLine = (bytes: Buffer) =>
  Math.max(bytes.lastIndexOf(LF), bytes.length < 2 ? -1 : bytes.lastIndexOf(CR, -2)) + 1;

// Latin-1 maps every byte to one letter and back, so this works on bytes that are no text.
const linesOf = (bytes: Buffer) => bytes.toString('latin1').split(LINE_BREAK);
const isText = (line: string) => isUtf8(Buffer.from(line, 'latin1'));

/**
 * The bytes in pieces that end where lines end (LF, CR LF or CR), without a byte order mark.
 * Rejects with CSV_NOT_UTF8 or CSV_ROW_TOO_LONG.
 */
export async function* wholeLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let line = 1;
  let held = Buffer.alloc(0);
  const checked = (piece: Buffer) => {
    const lines = linesOf(piece);
    if (!isUtf8(piece)) {
      const before = lines.findIndex((text) => !isText(text));
      throw refuse(csvRejections, 'CSV_NOT_UTF8', { line: line + before });
    }
    const isMarked = line === 1 && piece.subarray(0, BOM.length).equals(BOM);
    line += lines.length - 1;
    return isMarked ? piece.subarray(BOM.length) : piece;
  };
  for await (const chunk of source) {
    const bytes = Buffer.concat([held, chunk]);
    const end = endOfLastLine(bytes);
    if (end > 0) yield checked(bytes.subarray(0, end));
    held = bytes.subarray(end);
    if (held.length > ROW_BYTES_MAX) throw refuse(csvRejections, 'CSV_ROW_TOO_LONG', { line });
  }
  if (held.length > 0) yield checked(held);
}
