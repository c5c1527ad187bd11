import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';

const LARGE = '1g';
const TRIES = 20;

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });

/** A disk of its own in memory, which can be made full; only a machine's root may mount one. */
export class Disk {
  private constructor(private readonly folder: string) {}

  static mounted(folder: string): Disk | undefined {
    try {
      mkdirSync(folder, { recursive: true });
      mount('-t', 'tmpfs', '-o', `size=${LARGE}`, 'tmpfs', folder);
      return new Disk(folder);
    } catch {
      return;
    }
  }

  /** Leaves room for some bytes more. Whoever writes meanwhile makes the disk refuse its size. */
  fill(left: number, tries = TRIES): void {
    const { blocks, bfree, bsize } = statfsSync(this.folder);
    try {
      mount('-o', `remount,size=${(blocks - bfree) * bsize + left}`, this.folder);
    } catch (error) {
      if (tries === 0) throw error;
      this.fill(left, tries - 1);
    }
  }

  empty(): void {
    mount('-o', `remount,size=${LARGE}`, this.folder);
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.folder]);
  }
}
