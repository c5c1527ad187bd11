import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  write,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of bytes. Calls block but for `append`; offsets and sizes are in bytes. */
export type DiskFile = {
  size(): number;
  /** Fills `into` from `at` on; answers how many bytes there were. */
  read(into: Uint8Array, at: number): number;
  write(bytes: Uint8Array, at: number): void;
  /** As `write`, without blocking; on the disk when it resolves if the file is `durable`. */
  append(bytes: Uint8Array, at: number): Promise<void>;
  truncate(size: number): void;
  sync(): void;
  close(): void;
};

/**
 * `durable`: each append is on the disk when it returns, in one call instead of two. `new` throws
 * EEXIST where a file is.
 */
export type Opening = 'read' | 'write' | 'durable' | 'new';

/** All that the log asks of a disk, so that a test can own one and let it fail. */
export type Disk = {
  makeFolder(path: string): void;
  list(folder: string): string[];
  /** Makes a file that is to be written when it is not there. */
  open(path: string, opening: Opening): DiskFile;
  /** In one step also when the power fails; the folder's names are on the disk then. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  syncFolder(path: string): void;
};

const FLAGS = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR | constants.O_CREAT,
  new: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
  durable: constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC,
};

const syncFolder = (path: string) => {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

const appended = (fd: number, bytes: Uint8Array, at: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const rest = (done: number) => {
      write(fd, bytes, done, bytes.length - done, at + done, (error, written) => {
        if (error) reject(error);
        else if (done + written === bytes.length) resolve();
        else rest(done + written);
      });
    };
    rest(0);
  });

const fileOf = (fd: number): DiskFile => ({
  size: () => fstatSync(fd).size,
  read: (into, at) => {
    let done = 0;
    while (done < into.length) {
      const count = readSync(fd, into, done, into.length - done, at + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  },
  write: (bytes, at) => {
    let done = 0;
    while (done < bytes.length) {
      done += writeSync(fd, bytes, done, bytes.length - done, at + done);
    }
  },
  append: (bytes, at) => appended(fd, bytes, at),
  truncate: (size) => ftruncateSync(fd, size),
  sync: () => fdatasyncSync(fd),
  close: () => closeSync(fd),
});

export const nodeDisk: Disk = {
  makeFolder: (path) => {
    const first = mkdirSync(path, { recursive: true });
    if (first) syncFolder(dirname(first));
  },
  list: (folder) => readdirSync(folder),
  open: (path, opening) => fileOf(openSync(path, FLAGS[opening], 0o600)),
  rename: (from, to) => {
    renameSync(from, to);
    syncFolder(dirname(to));
  },
  remove: (path) => rmSync(path, { force: true }),
  syncFolder,
};

const openIfThere = (disk: Disk, path: string): DiskFile | undefined => {
  try {
    return disk.open(path, 'read');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
};

/** A file's bytes, undefined when there is none. */
export const readWhole = (disk: Disk, folder: string, name: string): Buffer | undefined => {
  const file = openIfThere(disk, join(folder, name));
  if (!file) return;
  try {
    const bytes = Buffer.allocUnsafeSlow(file.size());
    return bytes.subarray(0, file.read(bytes, 0));
  } finally {
    file.close();
  }
};

/** Replaces a file by these bytes, whole or not at all. */
export const writeWhole = (disk: Disk, path: string, bytes: readonly Uint8Array[]): void => {
  const file = disk.open(`${path}.new`, 'write');
  try {
    let at = 0;
    file.truncate(0);
    for (const part of bytes) {
      file.write(part, at);
      at += part.length;
    }
    file.sync();
  } finally {
    file.close();
  }
  disk.rename(`${path}.new`, path);
};
