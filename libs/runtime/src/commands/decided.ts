import { platformRejections } from '#lumbung/contracts';
import type { NewEvent } from '#lumbung/event-store';
import {
  type AnySent,
  businessDate,
  type DomainEvent,
  type Instant,
  type Metadata,
  type Recorded,
  Rejection,
  type StreamDeclaration,
  Unavailable,
  uuidOf,
  whyNotJson,
} from '#lumbung/kernel';
import { clockBehind } from '../calendar/clock.js';
import { sizeOf } from './checkpoint.js';
import type { Loaded } from './loaded.js';

type PerDecision = 'commandId' | 'commandHash' | 'issuedAt' | 'recordedAt' | 'businessDate';

/** A command waiting for its turn at its stream: sealed, and hashed before it was. */
export type Waiting = {
  command: { type: string; data: unknown };
  sent: AnySent;
  hash: string;
  zone: string;
  metadata: Omit<Metadata, PerDecision>;
};

/** What a command comes to: new events, an earlier answer (its revisions), or a refusal. */
export type Decision =
  | { kind: 'happened'; events: NewEvent[]; bytes: number }
  | { kind: 'answered'; first: number; count: number }
  | { kind: 'refused'; rejection: Rejection | Unavailable };

const refused = (code: keyof typeof platformRejections & string): Decision => ({
  kind: 'refused',
  rejection: new Rejection(code, String(platformRejections[code])),
});

const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copyOf((value as Record<string, unknown>)[key]);
  return copy;
};

// A fact that its own declaration does not admit, or that JSON would change, is never stored.
const checked = (stream: StreamDeclaration, id: string, { type, data }: DomainEvent): unknown => {
  const declaration = stream.declaration(type);
  if (!declaration) throw new TypeError(`${id} decided ${type}, which it does not declare`);
  const admitted = declaration.schema.parse(data);
  const reason = whyNotJson(admitted);
  if (reason) throw new TypeError(`${type} is not JSON: ${reason}`);
  return admitted;
};

const decideAnew = (
  stream: StreamDeclaration,
  loaded: Loaded,
  waiting: Waiting,
  recordedAt: Instant,
): Decision => {
  const { id: commandId, issuedAt } = waiting.sent;
  const metadata: Metadata = {
    ...waiting.metadata,
    commandId,
    commandHash: waiting.hash,
    issuedAt,
    recordedAt,
    businessDate: businessDate(recordedAt, waiting.zone),
  };
  try {
    const decided = stream.decide(loaded.state, waiting.command, metadata);
    const events = decided.map((event, index) => {
      // What is stored shares nothing with the state, which later events write into.
      const data = copyOf(checked(stream, loaded.id, event));
      return { ...event, data, id: uuidOf(loaded.id, commandId, index), metadata };
    });
    const overhead = sizeOf(metadata);
    const bytes = events.reduce((sum, { data }) => sum + sizeOf(data) + overhead, 0);
    return { kind: 'happened', events, bytes };
  } catch (error) {
    if (error instanceof Rejection) return { kind: 'refused', rejection: error };
    throw error;
  }
};

/** Decides one command on the state as it stands, and writes what follows into it. */
export const decide = (
  stream: StreamDeclaration,
  loaded: Loaded,
  waiting: Waiting,
  now: Instant,
): Decision => {
  const { id: commandId, issuedAt } = waiting.sent;
  const answered = loaded.remembered.get(commandId);
  if (answered) {
    if (answered.hash !== waiting.hash) return refused('IDEMPOTENCY_KEY_REUSED');
    return { kind: 'answered', first: answered.first, count: answered.count };
  }
  const behind = clockBehind(now, loaded.remembered.last, waiting.zone);
  if (behind) return { kind: 'refused', rejection: behind };
  if (loaded.remembered.isExpired(issuedAt, now)) return refused('COMMAND_EXPIRED');
  const decision = decideAnew(stream, loaded, waiting, loaded.remembered.notBefore(now));
  if (decision.kind === 'happened') {
    for (const event of decision.events) loaded.fold(placed(loaded, event));
  }
  return decision;
};

// The store gives the position; the state may not depend on it.
const placed = (loaded: Loaded, event: NewEvent): Recorded => ({
  ...event,
  data: copyOf(event.data),
  stream: loaded.id,
  revision: loaded.revision + 1,
  position: 0n,
});

export const unavailable = (code: 'STORE_UNAVAILABLE' | 'TOO_BUSY', cause?: unknown): Unavailable =>
  Object.assign(new Unavailable(code, platformRejections[code]), { cause });
