import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Server } from '../stories/lumbung.js';
import { nameOf, nikOf } from '../stories/villagers.js';
import { until } from './regency.js';

export const COOPERATIVES = ['35.06.17.1009', '35.06.17.2001', '35.06.17.2002'];

export const CLIENTS = 6;
const POKOK = 100_000;
const ADMISSION_OF = 12;
const GIVES_UP_MS = 30_000;
const ANSWERED_WITHIN_MS = 10_000;
const AGAIN_MS = 50;
const MOST_AMOUNT = 50_000;

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

type Sent = { mutation: string; member?: string; amount: number };

type Fate = 'waiting' | 'acknowledged' | 'given up';

/** What clients were told of each command that they sent. */
export type Account = Sent & { fate: Fate };

type Client = { cooperative: string; member: string };

const codeOf = (error: Error): string => {
  if (/^[A-Z_,]+$/.test(error.message)) return error.message;
  return error.name === 'TimeoutError' ? 'NO_ANSWER' : 'NO_CONNECTION';
};

/** Clients that deposit and now and then admit somebody, and ask again until they are answered. */
export class Load {
  readonly accounts = new Map<string, Account>();
  /** How often each code was an answer, in this round. */
  codes = new Map<string, number>();
  private clients: Client[] = [];
  private admitted = 0;
  private isOver = false;
  private running: Promise<unknown> = Promise.resolve();
  acknowledged = 0;
  /** Of these, the deposits. */
  deposited = 0;
  /** The longest that anybody waited for any answer, in this round. */
  slowest_ms = 0;

  constructor(
    private readonly server: Server,
    private readonly below: (count: number) => number,
  ) {}

  /** Founds the cooperatives, each with its members. */
  async prepare(): Promise<void> {
    for (const cooperative of COOPERATIVES) {
      const amounts = { pokok: POKOK, wajib: 20_000, pokokInParts: false };
      await this.server.send('setSimpananPolicy', { cooperative, from: '2025-01', ...amounts });
      const licence = { licence: 'SK-1/2026', licensedOn: '2026-01-05' };
      await this.server.send('openUsp', { cooperative, ...licence });
    }
    for (let index = 0; index < CLIENTS; index++) {
      const cooperative = COOPERATIVES[index % COOPERATIVES.length] as string;
      const answer = await this.admit(cooperative);
      const member = (answer as { member: { id: string } }).member.id;
      await this.deposit({ cooperative, member }, 'POKOK', POKOK);
      this.clients.push({ cooperative, member });
    }
  }

  start(): void {
    this.isOver = false;
    this.codes = new Map();
    this.slowest_ms = 0;
    this.running = Promise.all(this.clients.map((client) => this.work(client)));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  /** Resolves when as many as there are clients were acknowledged from now on. */
  async goesOn(): Promise<void> {
    const before = this.acknowledged;
    await until('anything acknowledged', () => this.acknowledged >= before + CLIENTS);
  }

  refused(code: string): number {
    return this.codes.get(code) ?? 0;
  }

  private async work(client: Client): Promise<void> {
    while (!this.isOver) {
      if (this.below(ADMISSION_OF) === 0) await this.admit(client.cooperative);
      else await this.deposit(client, 'SUKARELA', 1 + this.below(MOST_AMOUNT));
    }
  }

  private deposit({ cooperative, member }: Client, kind: string, amount: number) {
    const money = { kind, amount, date: today, channel: 'KAS' };
    return this.send({ mutation: 'depositSimpanan', member, amount }, 'position', {
      ...{ cooperative, member, ...money },
    });
  }

  private admit(cooperative: string) {
    const index = this.admitted++;
    const person = { nik: nikOf(index), name: nameOf(index), sex: 'L', address: 'Dusun Krajan' };
    const day = String(1 + (index % 28)).padStart(2, '0');
    const details = { birthDate: `1985-01-${day}`, ktpVillage: cooperative, joinedOn: today };
    return this.send({ mutation: 'admitMember', amount: 0 }, 'position member { id }', {
      ...{ cooperative, ...person, ...details },
    });
  }

  /** Sends a command under one id until it is answered, or for half a minute. */
  private async send(sent: Sent, selection: string, data: object): Promise<unknown> {
    const input = { commandId: randomUUID(), issuedAt: new Date().toISOString(), ...data };
    const account: Account = { ...sent, fate: 'waiting' };
    this.accounts.set(input.commandId, account);
    const end_ms = performance.now() + GIVES_UP_MS;
    while (performance.now() < end_ms) {
      const asked_ms = performance.now();
      try {
        const answer = await this.answered(sent.mutation, input, selection);
        account.fate = 'acknowledged';
        this.acknowledged += 1;
        if (sent.mutation === 'depositSimpanan') this.deposited += 1;
        return answer;
      } catch (error) {
        const code = codeOf(error as Error);
        this.codes.set(code, this.refused(code) + 1);
      } finally {
        this.slowest_ms = Math.max(this.slowest_ms, performance.now() - asked_ms);
      }
      await setTimeout(AGAIN_MS);
    }
    account.fate = 'given up';
    return undefined;
  }

  private answered(mutation: string, input: object, selection: string): Promise<unknown> {
    const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
    return Promise.race([
      this.server.send(mutation, input, selection),
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    ]);
  }
}
