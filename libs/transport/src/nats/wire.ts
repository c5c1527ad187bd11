import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { Platform } from '#lumbung/kernel';

/** How many milliseconds whoever asks still waits, counted from when it is received. */
export const LEFT_MS = 'Lumbung-Left-Ms';

/** Whose call it is, in the words of W3C Trace Context. */
export const TRACEPARENT = 'traceparent';

/** An answer that says only that there will be one. */
export const WORKING = 'Lumbung-Working';

/** Whoever is asked says so at least this often until it answers. */
export const WORKING_MS = 500;

/** Silence after which nobody is believed to be there any more. */
export const SILENCE_MS = 2_000;

const LOOK_MS = 100;

const NO_RESPONDERS = 503;

export type Reply = { answer?: unknown; failure?: unknown };

export const withHeader = (name: string, value: string): MsgHdrs => {
  const all = headers();
  all.set(name, value);
  return all;
};

/** What travels with a call beside its payload; nothing where there is nothing to say. */
export const callHeaders = (
  left_ms: number,
  traceparent: string | undefined,
): { headers?: MsgHdrs } => {
  if (!Number.isFinite(left_ms) && traceparent === undefined) return {};
  const all = headers();
  if (Number.isFinite(left_ms)) all.set(LEFT_MS, String(left_ms));
  if (traceparent !== undefined) all.set(TRACEPARENT, traceparent);
  return { headers: all };
};

export const traceparentIn = ({ headers: all }: Msg): string | undefined =>
  all?.get(TRACEPARENT) || undefined;

export const isNobodyThere = ({ headers: all }: Msg): boolean => all?.code === NO_RESPONDERS;

export const isWorking = ({ headers: all }: Msg): boolean => all?.has(WORKING) ?? false;

/** The milliseconds that are left; no end when it does not say, or says no number. */
export const leftOf = ({ headers: all }: Msg): number => {
  const left_ms = Number(all?.get(LEFT_MS) || Number.POSITIVE_INFINITY);
  return Number.isNaN(left_ms) ? Number.POSITIVE_INFINITY : left_ms;
};

/** `lumbung.3506.ledger.simpanan.deposit`: a regency hears only what is meant for it. */
export const subjectOf = (regency: string, pattern: string): string =>
  `lumbung.${regency.replace('.', '')}.${pattern}`;

/** Lets both sides look at what is under way, now and then, until the signal aborts. */
export const lookingAfter = async (
  { clock, timers }: Pick<Platform, 'clock' | 'timers'>,
  signal: AbortSignal,
  look: (now_ms: number) => void,
): Promise<void> => {
  while (!signal.aborted) {
    await timers.sleep(LOOK_MS, signal);
    look(clock.elapsed_ms());
  }
};
