import type { EventStore, NewEvent } from '#lumbung/event-store';
import {
  type Checkpoint,
  type CheckpointOptions,
  type CommandId,
  type Metadata,
  type Recorded,
  type State,
  type StreamDeclaration,
  uuidOf,
  type z,
} from '#lumbung/kernel';
import type { Answered, Remembered } from './remembered.js';

const MIN_EVENTS = 1_000;
const GROWTH = 4;
const PART_BYTES = 256 * 1024;

type Part = z.infer<z.ZodObject<typeof Checkpoint>>;
/** A stream in memory, and what has happened in it since its last checkpoint. */
type InMemory = {
  readonly id: string;
  readonly state: State;
  readonly remembered: Remembered;
  readonly revision: number;
  readonly eventsSince: number;
  readonly bytesSince: number;
  readonly checkpointBytes: number;
};

type Contents = { state: State; remembered: [string, Answered][] };
type Found = Contents & { asOf: number; bytes: number };

/** Roughly the bytes of a value as JSON; cheap enough for every event. */
export const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  for (const key in value) size += key.length + 4 + sizeOf((value as Record<string, unknown>)[key]);
  return size;
};

/** Escaped to ASCII, so that a character is a byte and any cut is between characters. */
const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const isCheckpointDue = ({ eventsSince, bytesSince, checkpointBytes }: InMemory): boolean =>
  eventsSince >= MIN_EVENTS && bytesSince >= GROWTH * checkpointBytes;

/** The events of one checkpoint of a loaded stream, and their bytes. */
export const checkpointOf = (
  loaded: InMemory,
  { event: declaration, stateVersion }: CheckpointOptions,
  metadata: Omit<Metadata, 'commandId' | 'commandHash'>,
): { events: NewEvent[]; bytes: number } => {
  const json = asciiJson({ state: loaded.state, remembered: loaded.remembered });
  const of = Math.ceil(json.length / PART_BYTES);
  const asOf = loaded.revision;
  const commandId = uuidOf(loaded.id, 'checkpoint', asOf, stateVersion) as CommandId;
  const events = Array.from({ length: of }, (_, part) => ({
    ...declaration({
      asOf,
      stateVersion,
      part,
      of,
      json: json.slice(part * PART_BYTES, (part + 1) * PART_BYTES),
    } satisfies Part),
    id: uuidOf(loaded.id, commandId, part),
    metadata: { ...metadata, commandId, commandHash: '' },
  }));
  return { events, bytes: json.length };
};

const assembled = (parts: Map<number, Part>, { asOf, of }: Part): Found | undefined => {
  if (parts.size < of) return;
  const json = Array.from({ length: of }, (_, part) => parts.get(part)?.json ?? '').join('');
  return { ...(JSON.parse(json) as Contents), asOf, bytes: json.length };
};

const lastRevision = async (store: EventStore, id: string): Promise<number> => {
  for await (const [last] of store.readStream(id, { direction: 'backwards', limit: 1 })) {
    if (last) return last.revision;
  }
  return -1;
};

/** The newest complete checkpoint that this code understands, looked for from the end. */
export const latestCheckpoint = async (
  store: EventStore,
  stream: StreamDeclaration,
  id: string,
): Promise<Found | undefined> => {
  const { checkpoint } = stream;
  if (!checkpoint || (await lastRevision(store, id)) < MIN_EVENTS) return;
  const sets = new Map<number, Map<number, Part>>();
  const take = ({ type, data }: Recorded) => {
    if (type !== checkpoint.event.type) return;
    const part = data as Part;
    if (part.stateVersion !== checkpoint.stateVersion) return;
    const parts = sets.get(part.asOf) ?? new Map<number, Part>();
    sets.set(part.asOf, parts.set(part.part, part));
    return assembled(parts, part);
  };
  for await (const batch of store.readStream(id, { direction: 'backwards' })) {
    for (const recorded of batch) {
      const found = take(recorded);
      if (found) return found;
    }
  }
};
