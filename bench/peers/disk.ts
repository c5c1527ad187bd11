import { closeSync, constants, ftruncateSync, openSync, write } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MeasuredStore, NewEvent } from '../store/peer.js';
import { oncePerTurn } from './turns.js';

const writeAt = promisify(write);
const FILE_BYTES = 64 << 20;
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC;

/** As many bytes, flushed in the same way, with no engine around them; nothing can be read. */
export const openDisk = (
  folder: string,
  eventBytes: number,
): Pick<MeasuredStore, 'append'> & {
  close(): void;
} => {
  const fd = openSync(join(folder, 'disk'), FLAGS, 0o600);
  ftruncateSync(fd, FILE_BYTES);
  const bytes = Buffer.alloc(FILE_BYTES / 8, 1);
  let at = 0;
  const flush = oncePerTurn(async (lot: (readonly NewEvent[])[]) => {
    const length = lot.reduce((sum, events) => sum + events.length, 0) * eventBytes;
    if (at + length > FILE_BYTES) at = 0;
    await writeAt(fd, bytes, 0, length, at);
    at += length;
  });
  return { append: (_, events) => flush(events), close: () => closeSync(fd) };
};
