import { TotalsApi } from '#lumbung/contracts';
import {
  addMonths,
  type Caller,
  type CooperativeCode,
  daysAfter,
  epochMs,
  type Instant,
  lastDayOf,
  monthOf,
  type PlainDate,
  type RegencyCode,
  type Scope,
  startOf,
  type UserName,
} from '#lumbung/kernel';
import { type Bus, clientFor, followed } from '#lumbung/transport';
import type { Act } from './acts.js';
import { type Cooperative, type Day, dayOf, newCooperative } from './cooperative.js';
import { admissions, decisions, resignations } from './membership.js';
import { dayInUmum, dayInUsp } from './simpanan.js';

/** A clock that stands until it is set (milliseconds since 1970, UTC). */
export type SettableClock = { now(): Instant; set(moment_ms: number): void };

export type Simulation = {
  bus: Bus;
  clock: SettableClock;
  /** Begins the day that the clock has come to. */
  beginDays(): Promise<void>;
  regency: string;
  zone: string;
  from: PlainDate;
  /** Whole months, the first from `from` on. */
  months: number;
  /** In each cooperative by the end, more or less. */
  members: number;
  seed: number;
  /** Days that have passed, of how many. */
  onProgress(done: number, of: number): void;
};

export type Simulated = { cooperatives: number; members: number; commands: number };

const PAGE = 500;

type Office = { sendAll(cooperative: Cooperative, acts: readonly Act[]): Promise<void> };

const caller = (regency: string, correlationId: string): Caller => ({
  ...{ user: 'pengurus' as UserName, role: 'pengurus', correlationId },
  roles: [{ role: 'pengurus', scope: regency as Scope }],
});

const registered = async (bus: Bus, regency: string): Promise<CooperativeCode[]> => {
  const totals = clientFor(TotalsApi, bus);
  const codes: CooperativeCode[] = [];
  let after: string | undefined;
  do {
    const query = { regency: regency as RegencyCode, first: PAGE, after };
    const page = await totals.cooperatives({ query, caller: caller(regency, 'simulate') });
    codes.push(...page.nodes.map(({ code }) => code));
    after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
  } while (after);
  return codes;
};

/** Gives commands as the pengurus of a cooperative would, each under an id of its step. */
const officeOf = ({ bus, clock, regency }: Simulation, counted: () => void): Office => {
  const give = async ({ idOf, code }: Cooperative, { step, pattern, command }: Act) => {
    const id = idOf(step);
    const sent = { ...command, id, issuedAt: clock.now() };
    counted();
    await bus
      .send(pattern, { command: sent, caller: caller(regency, id) })
      .catch((cause: unknown) => {
        throw new Error(`${code} could not do ${step}: ${(cause as Error).message}`, { cause });
      });
  };
  return {
    // Commands of one book keep their order, since each takes as many steps to its queue.
    sendAll: async (cooperative, acts) => {
      await Promise.all(acts.map((act) => give(cooperative, act)));
    },
  };
};

/** An admission may wait for the key of a new person, so the next is sent when it is through. */
const inTurn = async (office: Office, cooperative: Cooperative, acts: readonly Act[]) => {
  for (const act of acts) await office.sendAll(cooperative, [act]);
};

type Phase = {
  hour: number;
  acts: (cooperative: Cooperative, day: Day) => Act[];
  send: (office: Office, cooperative: Cooperative, acts: readonly Act[]) => Promise<void>;
};

const atOnce: Phase['send'] = (office, cooperative, acts) => office.sendAll(cooperative, acts);

// Workflows write into streams that a later phase writes into too. Each phase waits for what
// followed from the last, so that a stream has the same order in every run.
const PHASES: readonly Phase[] = [
  { hour: 8, acts: decisions, send: atOnce },
  { hour: 9, acts: admissions, send: inTurn },
  { hour: 11, acts: dayInUmum, send: atOnce },
  { hour: 14, acts: dayInUsp, send: atOnce },
];

const RESIGNATIONS_AT = 16;

const daysOf = ({ from, months }: Simulation): PlainDate[] => [
  from,
  ...daysAfter(from, lastDayOf(addMonths(monthOf(from), months - 1))),
];

/**
 * Lives the days of every registered cooperative through the faces that people use. The same
 * seed, cooperatives and options give the same events in each stream, but for ciphertext, the ids
 * of persons, and hashes under the folder's own key (checkpoints hold some). Throws when a
 * command that should have been possible is refused.
 */
export const simulate = async (options: Simulation): Promise<Simulated> => {
  const { bus, clock, zone, regency, members, seed, onProgress } = options;
  const days = daysOf(options);
  await followed(bus, caller(regency, 'simulate'));
  const codes = await registered(bus, regency);
  const cooperatives = codes.map((code, place) =>
    newCooperative(code, place, { days, members, seed, codes }),
  );
  let commands = 0;
  const office = officeOf(options, () => {
    commands += 1;
  });
  const turnTo = (date: PlainDate, hour: number) => clock.set(epochMs(startOf(date, zone, hour)));

  const live = async (day: Day, { hour, acts, send }: Phase) => {
    turnTo(day.date, hour);
    const planned = cooperatives.map((one) => ({ one, acts: acts(one, day) }));
    const busy = planned.filter((plan) => plan.acts.length > 0);
    await Promise.all(busy.map((plan) => send(office, plan.one, plan.acts)));
    if (busy.length > 0) await followed(bus, caller(regency, 'simulate'));
  };

  const farewells = async (day: Day) => {
    turnTo(day.date, RESIGNATIONS_AT);
    const before = commands;
    // One workflow hears all resignations of a regency, so they come one after the other.
    for (const one of cooperatives) await inTurn(office, one, resignations(one, day));
    if (commands > before) await followed(bus, caller(regency, 'simulate'));
  };

  for (const [index, date] of days.entries()) {
    const day = dayOf(date);
    turnTo(date, 0);
    await options.beginDays();
    await followed(bus, caller(regency, 'simulate'));
    for (const phase of PHASES) await live(day, phase);
    await farewells(day);
    onProgress(index + 1, days.length);
  }
  await followed(bus, caller(regency, 'simulate'));
  const admitted = cooperatives.reduce((count, one) => count + one.members.length, 0);
  return { cooperatives: cooperatives.length, members: admitted, commands };
};
