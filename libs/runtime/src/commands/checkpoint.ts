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
import type { Limits } from './limits.js';
import type { Answered, Remembered } from './remembered.js';

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

export const isCheckpointDue = (
  { eventsSince, bytesSince, checkpointBytes }: InMemory,
  { events, growth }: Limits['checkpoint'],
): boolean => eventsSince >= events && bytesSince >= growth * checkpointBytes;

/** The events of one checkpoint of a loaded stream, and their bytes. */
export const checkpointOf = (
  loaded: InMemory,
  { event: declaration, stateVersion }: CheckpointOptions,
  { part_bytes }: Limits['checkpoint'],
  metadata: Omit<Metadata, 'commandId' | 'commandHash'>,
): { events: NewEvent[]; bytes: number } => {
  const json = asciiJson({ state: loaded.state, remembered: loaded.remembered });
  const of = Math.ceil(json.length / part_bytes);
  const asOf = loaded.revision;
  // Of its contents, so that parts of two attempts are never taken for parts of one set.
  const commandId = uuidOf(loaded.id, 'checkpoint', asOf, stateVersion, json) as CommandId;
  const events = Array.from({ length: of }, (_, part) => ({
    ...declaration({
      asOf,
      stateVersion,
      part,
      of,
      json: json.slice(part * part_bytes, (part + 1) * part_bytes),
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

/**
 * The newest complete checkpoint that this code understands, looked for from the end; a stream
 * that is too short to have one is not looked through.
 */
export const latestCheckpoint = async (
  store: EventStore,
  stream: StreamDeclaration,
  id: string,
  { events: fewest }: Limits['checkpoint'],
): Promise<Found | undefined> => {
  const { checkpoint } = stream;
  if (!checkpoint || (await lastRevision(store, id)) < fewest) return;
  const sets = new Map<string, Map<number, Part>>();
  const take = ({ type, data, metadata: { commandId } }: Recorded) => {
    if (type !== checkpoint.event.type) return;
    const part = data as Part;
    if (part.stateVersion !== checkpoint.stateVersion) return;
    const parts = sets.get(commandId) ?? new Map<number, Part>();
    sets.set(commandId, parts.set(part.part, part));
    return assembled(parts, part);
  };
  for await (const batch of store.readStream(id, { direction: 'backwards' })) {
    for (const recorded of batch) {
      const found = take(recorded);
      if (found) return found;
    }
  }
};
