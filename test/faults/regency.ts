import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Server, stage } from '../stories/lumbung.js';

export const INSTANCES = 2;

/** Of each service there are two; of the rest, one. */
export const SERVICES = ['membership', 'ledger', 'reporting'] as const;
export const PARTS = ['gateway', ...SERVICES, 'nats', 'eventstore'] as const;

export type Part = (typeof PARTS)[number];

const RETURNS_MS = 60_000;
const LOOK_MS = 50;
const LAST_TOLD = 2_000;
const CLOCK = pathToFileURL(join(import.meta.dirname, 'shifted-clock.mjs')).href;

const isService = (part: Part) => (SERVICES as readonly string[]).includes(part);

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The processes of a part, by the names that `npm run services` gives them. */
export const namesOf = (part: Part): string[] =>
  isService(part)
    ? Array.from({ length: INSTANCES }, (_, index) => `${part}-${index + 1}`)
    : [part];

/** Waits until it is so; throws after a minute. */
export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  within_ms = RETURNS_MS,
) => {
  const end_ms = performance.now() + within_ms;
  while (!(await isSo())) {
    if (performance.now() > end_ms) throw new Error(`in vain for ${within_ms} ms: ${what}`);
    await setTimeout(LOOK_MS);
  }
};

/** The services of a regency as `npm run services` runs them, two of each, and their processes. */
export class Regency {
  private constructor(
    readonly folder: string,
    readonly server: Server,
  ) {}

  static async open(folder: string, serve: ReturnType<typeof stage>['serveServices']) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'clocks.json'), '{}');
    const server = await serve(folder, {
      LUMBUNG_INSTANCES: String(INSTANCES),
      FAULTS_CLOCKS: join(folder, 'clocks.json'),
      NODE_OPTIONS: `--import ${CLOCK}`,
    });
    return new Regency(folder, server);
  }

  get storeUrl(): string {
    return this.lastTold(/(esdb:[^\s]+)/g);
  }

  get natsUrl(): string {
    return this.lastTold(/(nats:\/\/[\d.:]+)/g);
  }

  /** The process that a part has now, as the one that starts them told last. */
  pidOf(name: string): number {
    return Number(this.lastTold(new RegExp(`${name}.* sebagai proses (\\d+)`, 'g')));
  }

  /** What was told last, for whoever looks for a cause. */
  lastLines(): string {
    return this.server.said().slice(-LAST_TOLD);
  }

  /** How often a process ended by itself, or was killed. */
  endings(): number {
    return [...this.server.said().matchAll(/berakhir \(/g)].length;
  }

  /** Kills processes at once; resolves when all of them are there again. */
  async kill(...names: string[]): Promise<void> {
    const pids = names.map((name) => this.pidOf(name));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await this.again(names, pids);
  }

  async again(names: readonly string[], pids: readonly number[]): Promise<void> {
    await until(`${names.join(', ')} again`, () =>
      names.every((name, index) => this.pidOf(name) !== pids[index]),
    );
  }

  /** Resolves when none of the processes is missing: a full disk may have ended several. */
  async whole(): Promise<void> {
    const names = PARTS.flatMap(namesOf);
    await until('nobody missing', () => names.every((name) => isThere(this.pidOf(name))));
  }

  /** Clocks that differ from now on, by the app; whoever is named is started anew. */
  async setClocks(shifts_ms: Partial<Record<Part, number>>, parts: readonly Part[]) {
    await writeFile(join(this.folder, 'clocks.json'), JSON.stringify(shifts_ms));
    await this.kill(...parts.flatMap(namesOf));
  }

  private lastTold(pattern: RegExp): string {
    return [...this.server.said().matchAll(pattern)].at(-1)?.[1] ?? '';
  }
}
