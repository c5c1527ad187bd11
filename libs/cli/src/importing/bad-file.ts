import { type FileHandle, open, rename } from 'node:fs/promises';
import { type CsvRow, csvLine } from '#lumbung/documents';

const orNothing = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error;
};

/** The rows of a file that were not imported, as they stood, so that they can be mended there. */
export class BadFile {
  readonly path: string;
  private handle: FileHandle | undefined;
  private isTitled = false;

  constructor(file: string) {
    this.path = `${file}.bad.csv`;
  }

  get isOpen(): boolean {
    return this.handle !== undefined;
  }

  /** Sets aside one from an earlier run, in which somebody may have begun to mend. */
  async open(): Promise<void> {
    if (this.handle) return;
    await rename(this.path, `${this.path}~`).catch(orNothing);
    this.handle = await open(this.path, 'wx', 0o600);
  }

  async add({ fields, layout: { titles, separator } }: CsvRow): Promise<void> {
    await this.open();
    if (!this.isTitled) await this.handle?.write(csvLine(titles, separator));
    this.isTitled = true;
    await this.handle?.write(csvLine(fields, separator));
  }

  async close(): Promise<void> {
    await this.handle?.close();
  }
}
