import { basename } from 'node:path';
import type { Disk, DiskFile, Opening } from '../../segment/disk.js';

/** What a folder holds, by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A call that changes the disk, as it is about to be made. */
export type Call = {
  name: 'open' | 'write' | 'append' | 'truncate' | 'sync' | 'rename' | 'remove' | 'syncFolder';
  path: string;
  bytes?: Uint8Array;
  at?: number;
};

/** The call fails with this code, when `written` bytes of it (none if absent) have arrived. */
export type Failure = { code: string; written?: number };

/**
 * What a power cut leaves of what no sync has made certain: nothing, or all of it, or new names
 * whose files hold nothing but what was synced.
 */
export type Leaving = 'synced' | 'names' | 'all';

/** `bytes` is what a read sees; `safe` what is left when the power fails. */
type Content = { bytes: Buffer; safe: Buffer };

const EMPTY = Buffer.alloc(0);

/** These bytes with others over them from `at` on, and zeros in between. */
export const written = (under: Uint8Array, bytes: Uint8Array, at: number): Buffer => {
  const result = Buffer.alloc(Math.max(under.length, at + bytes.length));
  result.set(under);
  result.set(bytes, at);
  return result;
};

const resized = (bytes: Uint8Array, size: number): Buffer => {
  const result = Buffer.alloc(size);
  result.set(bytes.subarray(0, size));
  return result;
};

/** Calls `failure` for the n-th call (from 1) of that name, and for no other. */
export const nth = (name: Call['name'], n: number, failure: Failure) => {
  let count = 0;
  return (call: Call): Failure | undefined => {
    if (call.name === name) count += 1;
    return call.name === name && count === n ? failure : undefined;
  };
};

/**
 * A disk in memory with one folder. `before` hears of each call that would change it, and may let
 * it fail; what it does decides all that this disk does, so a run can be repeated.
 */
export class FaultyDisk implements Disk {
  /** Files that are open now. */
  opened = 0;
  private names = new Map<string, Content>();
  private safeNames: Map<string, Content>;

  constructor(
    files: Files = new Map(),
    private readonly before: (call: Call) => Failure | undefined = () => undefined,
  ) {
    for (const [name, bytes] of files) {
      this.names.set(name, { bytes: Buffer.from(bytes), safe: Buffer.from(bytes) });
    }
    this.safeNames = new Map(this.names);
  }

  /** What would be found if the power failed now. */
  left(leaving: Leaving): Files {
    const names = leaving === 'synced' ? this.safeNames : this.names;
    const bytesOf = ({ bytes, safe }: Content) => (leaving === 'all' ? bytes : safe);
    return new Map([...names].map(([name, content]) => [name, Buffer.from(bytesOf(content))]));
  }

  makeFolder(): void {
    // There is one, and its own name is safe.
  }

  list(): string[] {
    return [...this.names.keys()];
  }

  open(path: string, opening: Opening): DiskFile {
    const name = basename(path);
    let content = this.names.get(name);
    if (content && opening === 'new') throw failed('EEXIST', `open '${path}'`);
    if (!content) {
      if (opening === 'read') throw failed('ENOENT', `open '${path}'`);
      this.told({ name: 'open', path });
      content = { bytes: EMPTY, safe: EMPTY };
      this.names.set(name, content);
    }
    this.opened += 1;
    return this.fileOf(path, content, opening);
  }

  private fileOf(path: string, content: Content, opening: Opening): DiskFile {
    const write = (name: 'write' | 'append', bytes: Uint8Array, at: number) => {
      // A copy: the log writes its next frames over these.
      const failure = this.before({ name, path, bytes: Uint8Array.from(bytes), at });
      const arrived = failure ? bytes.subarray(0, failure.written ?? 0) : bytes;
      if (arrived.length > 0) {
        content.bytes = written(content.bytes, arrived, at);
        if (opening === 'durable' && !failure) content.safe = written(content.safe, arrived, at);
      }
      if (failure) throw failed(failure.code, `${name} '${path}'`);
    };
    return {
      size: () => content.bytes.length,
      read: (into, at) => content.bytes.copy(into, 0, at, at + into.length),
      write: (bytes, at) => write('write', bytes, at),
      append: async (bytes, at) => {
        await new Promise(setImmediate);
        write('append', bytes, at);
        await new Promise(setImmediate);
      },
      truncate: (size) => {
        this.told({ name: 'truncate', path });
        content.bytes = resized(content.bytes, size);
      },
      sync: () => {
        this.told({ name: 'sync', path });
        content.safe = Buffer.from(content.bytes);
      },
      close: () => {
        this.opened -= 1;
      },
    };
  }

  rename(from: string, to: string): void {
    this.told({ name: 'rename', path: to });
    const content = this.names.get(basename(from));
    if (!content) throw failed('ENOENT', `rename '${from}'`);
    this.names.delete(basename(from));
    this.names.set(basename(to), content);
    this.safeNames = new Map(this.names);
  }

  remove(path: string): void {
    this.told({ name: 'remove', path });
    this.names.delete(basename(path));
  }

  syncFolder(path: string): void {
    this.told({ name: 'syncFolder', path });
    this.safeNames = new Map(this.names);
  }

  private told(call: Call): void {
    const failure = this.before(call);
    if (failure) throw failed(failure.code, `${call.name} '${call.path}'`);
  }
}

const failed = (code: string, what: string) =>
  Object.assign(new Error(`${code}: ${what}`), { code });

/** These files with one bit of one of them turned. */
export const flipped = (files: Files, name: string, byte: number, bit: number): Files => {
  const bytes = Buffer.from(files.get(name) ?? EMPTY);
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
  return new Map([...files, [name, bytes]]);
};
