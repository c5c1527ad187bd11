import {
  type AnySent,
  type Anything,
  type CooperativeCode,
  date,
  epochMs,
  type PlainDate,
  startOf,
} from '#lumbung/kernel';
import { virtualClock } from '#lumbung/runtime';
import type { Bus } from '#lumbung/transport';
import { simulate } from '../simulate.js';

export const ZONE = 'Asia/Jakarta';
export const FROM = date('2025-03-01');

export const PARE = '35.06.17.1009' as CooperativeCode;
export const TERTEK = '35.06.17.2010' as CooperativeCode;
export const CODES = [PARE, TERTEK, '35.06.17.2011' as CooperativeCode];

/** A command as it was given; `at` is the day on the clock. */
export type Given = { pattern: string; command: AnySent & { data: Anything }; user: string };

/** A command, or a wait until all is done that followed from those before. */
type Step = { at: string; isWait: boolean };

type Options = {
  seed?: number;
  codes?: readonly CooperativeCode[];
  months?: number;
  members?: number;
  from?: PlainDate;
  take?: (command: AnySent) => unknown;
};

/** Lives some months on a bus that takes every command; answers all that was given, in order. */
export const live = async ({
  seed = 1,
  codes = CODES,
  months = 6,
  members = 30,
  from = FROM,
  take = () => ({}),
}: Options = {}) => {
  const given: Given[] = [];
  const begun: string[] = [];
  const steps: Step[] = [];
  const clock = virtualClock(epochMs(startOf(from, ZONE)));
  const bus: Bus = {
    send: async (pattern, payload) => {
      const { command, caller } = payload as Anything;
      if (command) {
        given.push({ pattern, command, user: caller.user });
        steps.push({ at: clock.now(), isWait: false });
        return take(command);
      }
      if (pattern === 'platform.progress.progress') return { head: '1' };
      if (pattern === 'platform.progress.wait') {
        steps.push({ at: clock.now(), isWait: true });
        return true;
      }
      return { nodes: codes.map((code) => ({ code })), hasNextPage: false };
    },
  };
  const progress: [number, number][] = [];
  const simulated = await simulate({
    ...{ bus, clock, zone: ZONE, regency: '35.06', from, months, members, seed },
    beginDays: async () => {
      begun.push(clock.now());
    },
    onProgress: (done, of) => progress.push([done, of]),
  });
  return { given, begun, steps, progress, simulated };
};

/** The commands of one cooperative. */
export const of = (given: readonly Given[], code: CooperativeCode): Given[] =>
  given.filter(({ command }) => command.data.cooperative === code);
