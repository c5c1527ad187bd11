import type { Batch, EventStore } from '#lumbung/event-store';
import type { Checkpoint } from '#lumbung/read-store';

/** The place of a reader who has taken a batch; none when the batch has no event to name it by. */
export const checkpointAfter = (storeId: string, { events }: Batch): Checkpoint | undefined => {
  const last = events.at(-1);
  return last && { storeId, position: String(last.position), eventId: last.id };
};

/** False when the log is another one, or was restored to an earlier day. */
export const isOfThisLog = async (
  store: EventStore,
  { storeId, position, eventId }: Checkpoint,
): Promise<boolean> => {
  if (storeId !== store.id) return false;
  for await (const [event] of store.readAll({ from: BigInt(position), limit: 1 })) {
    return event?.id === eventId;
  }
  return false;
};
