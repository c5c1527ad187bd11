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
} from '#lumbung/kernel';
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
  | { kind: 'happened'; events: NewEvent[] }
  | { kind: 'answered'; first: number; count: number }
  | { kind: 'refused'; rejection: Rejection };

const refused = (code: keyof typeof platformRejections & string): Decision => ({
  kind: 'refused',
  rejection: new Rejection(code, String(platformRejections[code])),
});

const asStored = (
  stream: StreamDeclaration,
  id: string,
  event: DomainEvent,
  metadata: Metadata,
  index: number,
): NewEvent => {
  const declaration = stream.declaration(event.type);
  if (!declaration) throw new TypeError(`${id} decided ${event.type}, which it does not declare`);
  // A fact that its own declaration does not admit must never be stored.
  const data = declaration.schema.parse(event.data);
  return { ...event, data, id: uuidOf(id, metadata.commandId, index), metadata };
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
    const events = stream.decide(loaded.state, waiting.command, metadata);
    return {
      kind: 'happened',
      events: events.map((event, index) => asStored(stream, loaded.id, event, metadata, index)),
    };
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
  now: Metadata['recordedAt'],
): Decision => {
  const { id: commandId, issuedAt } = waiting.sent;
  const answered = loaded.remembered.get(commandId);
  if (answered) {
    if (answered.hash !== waiting.hash) return refused('IDEMPOTENCY_KEY_REUSED');
    return { kind: 'answered', first: answered.first, count: answered.count };
  }
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
  stream: loaded.id,
  revision: loaded.revision + 1,
  position: 0n,
});

export const unavailable = (code: 'STORE_UNAVAILABLE' | 'TOO_BUSY'): Unavailable =>
  new Unavailable(code, platformRejections[code]);
