import { DAY_MS, epochMs, type Instant, instantAt, type Metadata } from '#lumbung/kernel';

const HORIZON_MS = 60 * DAY_MS;
const AHEAD_MS = 10 * 60_000;

// A command may be issued that much after it is recorded, so its id must outlive the horizon.
const REMEMBERED_MS = HORIZON_MS + AHEAD_MS;

/** Where a command's events lie in its stream. */
export type Answered = { hash: string; first: number; count: number; recorded_ms: number };

/** The commands of the last 60 days of a stream, so that a retry meets its first answer. */
export class Remembered {
  private readonly answers = new Map<string, Answered>();
  private last_ms = 0;
  /** The same as text; to format it anew for each command costs more than to remember it. */
  private lastAt: Instant | undefined;

  get(commandId: string): Answered | undefined {
    return this.answers.get(commandId);
  }

  /** Events come in the order of their revisions, those of one command together. */
  record({ commandId, commandHash, recordedAt }: Metadata, revision: number): void {
    const known = this.answers.get(commandId);
    if (known) {
      known.count = revision - known.first + 1;
      return;
    }
    this.reach(recordedAt);
    const recorded_ms = epochMs(recordedAt);
    this.answers.set(commandId, { hash: commandHash, first: revision, count: 1, recorded_ms });
    this.forgetBefore(this.last_ms - REMEMBERED_MS);
  }

  /** The stream's time has come to `recordedAt`. */
  reach(recordedAt: Instant): void {
    const recorded_ms = epochMs(recordedAt);
    if (recorded_ms <= this.last_ms) return;
    this.last_ms = recorded_ms;
    this.lastAt = recordedAt;
  }

  /**
   * Whether a command that is not remembered is too old to be told from a repeated one. It is
   * measured by the stream's time and not by the clock: what is forgotten was recorded in that
   * time, and it may have run ahead of a clock that was put back.
   */
  isExpired(issuedAt: Instant, now: Instant): boolean {
    const issued_ms = epochMs(issuedAt);
    return issued_ms < this.last_ms - HORIZON_MS || issued_ms > epochMs(now) + AHEAD_MS;
  }

  /** Time in a stream never runs backwards, whatever the machine's clock does. */
  notBefore(now: Instant): Instant {
    return epochMs(now) >= this.last_ms ? now : this.last;
  }

  /** When the last of the stream was recorded. */
  get last(): Instant {
    this.lastAt ??= instantAt(this.last_ms);
    return this.lastAt;
  }

  private forgetBefore(oldest_ms: number): void {
    for (const [commandId, { recorded_ms }] of this.answers) {
      if (recorded_ms >= oldest_ms) return;
      this.answers.delete(commandId);
    }
  }

  toJSON(): [string, Answered][] {
    return [...this.answers];
  }

  static from(entries: [string, Answered][]): Remembered {
    const remembered = new Remembered();
    for (const [commandId, answered] of entries) {
      remembered.answers.set(commandId, answered);
      remembered.last_ms = Math.max(remembered.last_ms, answered.recorded_ms);
    }
    return remembered;
  }
}
