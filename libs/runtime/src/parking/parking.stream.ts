import { platformRejections } from '#lumbung/contracts';
import {
  type CommandOf,
  command,
  type Decider,
  type DeepReadonly,
  type Ensure,
  type EventOf,
  ensureWith,
  event,
  stream,
  z,
} from '#lumbung/kernel';

const ensure: Ensure<typeof platformRejections> = ensureWith(platformRejections);

/** A public event as it is kept while it waits: whole, so that it need not be found again. */
const Kept = z.strictObject({
  id: z.string(),
  type: z.string(),
  version: z.int(),
  json: z.string(),
});
export type Kept = z.infer<typeof Kept>;

const failed = { code: z.string(), reason: z.string() };

export const ParkEvent = command('ParkEvent', { key: z.string(), event: Kept, ...failed });
export const HoldEvent = command('HoldEvent', { key: z.string(), event: Kept });
export const FailAgain = command('FailAgain', { key: z.string(), id: z.string(), ...failed });
export const TakeParked = command('TakeParked', { key: z.string(), id: z.string() });
export const DropParked = command('DropParked', {
  ...{ key: z.string(), id: z.string() },
  reason: z.string().trim().min(1, 'REASON_MISSING').max(500),
});

/** An event could not be taken, so its key waits and all others go on. */
export const EventParked = event('parking.EventParked', 1, {
  ...{ key: z.string(), event: Kept, ...failed },
});
/** What came of a key that waits, waits behind what is parked. */
export const EventHeld = event('parking.EventHeld', 1, { key: z.string(), event: Kept });
/** Tried again, and it still cannot be taken. */
export const EventFailedAgain = event('parking.EventFailedAgain', 1, {
  ...{ key: z.string(), id: z.string(), ...failed },
});
export const EventTaken = event('parking.EventTaken', 1, { key: z.string(), id: z.string() });
/** Somebody decided that it will never be taken, and said why. */
export const EventDropped = event('parking.EventDropped', 1, {
  ...{ key: z.string(), id: z.string(), reason: z.string() },
});

/** What waits of one key, in order; the first is the one that failed, and why. */
export type WaitingKey = { events: Kept[]; code: string; reason: string; attempts: number };
export type Waiting = { keys: Record<string, WaitingKey> };

type ParkingCommand =
  | CommandOf<typeof ParkEvent>
  | CommandOf<typeof HoldEvent>
  | CommandOf<typeof FailAgain>
  | CommandOf<typeof TakeParked>
  | CommandOf<typeof DropParked>;
type ParkingEvent =
  | EventOf<typeof EventParked>
  | EventOf<typeof EventHeld>
  | EventOf<typeof EventFailedAgain>
  | EventOf<typeof EventTaken>
  | EventOf<typeof EventDropped>;
type Seen = { waiting: Waiting };
type Looked = DeepReadonly<Waiting>;

const isKept = ({ keys }: Looked, key: string, id: string) =>
  keys[key]?.events.some((event) => event.id === id) ?? false;

const isFirst = ({ keys }: Looked, key: string, id: string) => keys[key]?.events[0]?.id === id;

const leave = ({ keys }: Waiting, key: string) => {
  const waiting = keys[key];
  if (!waiting) return;
  waiting.events.shift();
  waiting.attempts = 0;
  if (waiting.events.length === 0) delete keys[key];
};

const waiting: Decider<ParkingCommand, ParkingEvent, Waiting, Seen> = {
  commands: [ParkEvent, HoldEvent, FailAgain, TakeParked, DropParked],
  events: [EventParked, EventHeld, EventFailedAgain, EventTaken, EventDropped],
  initial: { keys: {} },
  decide: {
    ParkEvent: ({ data }, seen) =>
      isKept(seen.waiting, data.key, data.event.id) ? [] : [EventParked(data)],
    HoldEvent: ({ data }, { waiting }) => {
      ensure(waiting.keys[data.key], 'NOT_PARKED');
      return isKept(waiting, data.key, data.event.id) ? [] : [EventHeld(data)];
    },
    FailAgain: ({ data }, seen) =>
      isFirst(seen.waiting, data.key, data.id) ? [EventFailedAgain(data)] : [],
    TakeParked: ({ data }, seen) =>
      isFirst(seen.waiting, data.key, data.id) ? [EventTaken(data)] : [],
    DropParked: ({ data }, seen) => {
      ensure(isFirst(seen.waiting, data.key, data.id), 'NOT_PARKED');
      return [EventDropped(data)];
    },
  },
  evolve: {
    'parking.EventParked': ({ keys }, { key, event, code, reason }) => {
      const held = keys[key]?.events ?? [];
      keys[key] = { events: [...held, event], code, reason, attempts: 1 };
    },
    'parking.EventHeld': ({ keys }, { key, event }) => {
      keys[key]?.events.push(event);
    },
    'parking.EventFailedAgain': ({ keys }, { key, code, reason }) => {
      const waiting = keys[key];
      if (waiting) Object.assign(waiting, { code, reason, attempts: waiting.attempts + 1 });
    },
    'parking.EventTaken': (state, { key }) => leave(state, key),
    'parking.EventDropped': (state, { key }) => leave(state, key),
  },
};

/** What one reader of events could not take, and what waits behind it: `parking-{reader}`. */
export const parkingStream = stream('parking', { waiting });
