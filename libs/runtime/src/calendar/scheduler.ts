import {
  businessDate,
  type Caller,
  type CommandId,
  type Platform,
  type RegencyCode,
  type UserName,
  uuidOf,
} from '#lumbung/kernel';
import type { Commands, Executed } from '../commands/commands.js';
import { BeginDays, calendarStream } from './calendar.stream.js';

// A laptop that slept wakes up on another day, so the clock is looked at, not a long timer set.
const LOOK_MS = 30_000;

const caller: Caller = { user: 'system:calendar' as UserName, role: 'system', correlationId: '' };

/** Makes time an event: a day begins once in a regency, however often it is asked. */
export class Scheduler {
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private begun = '';

  constructor(
    private readonly commands: Commands,
    private readonly platform: Platform,
  ) {}

  /** Begins today and every day missed before it; nothing when they have begun. */
  async beginDays(): Promise<Executed | undefined> {
    const { regency, zone } = this.commands.deployment;
    const now = this.platform.clock.now();
    const through = businessDate(now, zone);
    // A clock that is put back comes to days that have begun.
    if (through <= this.begun) return;
    const id = uuidOf('day', regency, through) as CommandId;
    const data = { regency: regency as RegencyCode, through };
    const command = { type: BeginDays.type, data, id, issuedAt: now };
    const asked = { ...caller, correlationId: id };
    const executed = await this.commands.execute(calendarStream, [regency], command, asked);
    this.begun = through;
    return executed;
  }

  async start(onFailure: (error: unknown) => void): Promise<void> {
    await this.beginDays();
    const { signal } = this.stopped;
    const look = async () => {
      while (!signal.aborted) {
        await this.platform.timers.sleep(LOOK_MS, signal);
        if (!signal.aborted) await this.beginDays();
      }
    };
    this.loop = look().catch(onFailure);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }
}
