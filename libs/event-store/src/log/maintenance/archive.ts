import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { StoreUnavailable } from '../../port.js';
import { type Disk, readWhole, writeWhole } from '../segment/disk.js';
import { type Segment, sidecarOf } from '../segment/segment.js';

const MANIFEST = 'archive.json';

/** A segment that was moved to another folder; `sha256` is of its file, in hexadecimal. */
export type Archived = { name: string; folder: string; bytes: number; sha256: string };

export const manifestOf = (folder: string): string => join(folder, MANIFEST);

/** What the manifest of a log's folder says was moved. */
export const readManifest = (disk: Disk, folder: string): Archived[] => {
  const bytes = readWhole(disk, folder, MANIFEST);
  return bytes ? JSON.parse(bytes.toString()) : [];
};

/** The folders of archived segments, by the segment's name. */
export const archivedFolders = (disk: Disk, folder: string): Map<string, string> =>
  new Map(readManifest(disk, folder).map((archived) => [archived.name, archived.folder]));

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Copies a segment and its sidecar to a folder, and reads the copy back; removes nothing. Throws
 * `StoreUnavailable` where that folder is its own, or holds another file of that name.
 */
export const moved = (disk: Disk, segment: Segment, to: string): Archived => {
  const name = basename(segment.path);
  const bytes = readWhole(disk, segment.folder, name) as Buffer;
  const there = readWhole(disk, to, name);
  if (resolve(to) === resolve(segment.folder) || (there && !there.equals(bytes))) {
    throw new StoreUnavailable(`${to} has a ${name} of its own`);
  }
  const sidecar = readWhole(disk, segment.folder, sidecarOf(name));
  writeWhole(disk, join(to, name), [bytes]);
  if (sidecar) writeWhole(disk, join(to, sidecarOf(name)), [sidecar]);
  const sha256 = digest(bytes);
  const copy = readWhole(disk, to, name);
  if (!copy || digest(copy) !== sha256) {
    throw new StoreUnavailable(`${join(to, name)} does not read as it was written`);
  }
  return { name, folder: to, bytes: bytes.length, sha256 };
};
