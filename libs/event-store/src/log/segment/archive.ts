import { join } from 'node:path';
import { type Disk, readWhole } from './disk.js';

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
