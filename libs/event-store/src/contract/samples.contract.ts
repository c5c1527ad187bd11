import { type Recorded, uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import type { Batch, NewEvent, Stored } from '../port.js';

export type Name = string | number;

/** Its id and its data follow from its name. */
export const anEvent = (name: Name, type = 'test.Happened'): NewEvent => ({
  id: uuidOf('contract', name),
  type,
  version: 1,
  data: { name },
  metadata: TEST_METADATA,
});

export const events = (...names: Name[]): NewEvent[] => names.map((name) => anEvent(name));

export const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

export const collect = async (batches: AsyncIterable<Stored[]>): Promise<Stored[]> => {
  const all: Stored[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
};

export const names = (recorded: readonly Recorded[]): Name[] =>
  recorded.map(({ data }) => (data as { name: Name }).name);

export const namesOf = async (batches: AsyncIterable<Stored[]>) => names(await collect(batches));

/** Follows a subscription up to and with the batch of which `enough` is true. */
export const follow = async (
  subscription: AsyncIterable<Batch>,
  enough: (batch: Batch, seen: Recorded[]) => boolean,
) => {
  const batches: Batch[] = [];
  const seen: Stored[] = [];
  for await (const batch of subscription) {
    batches.push(batch);
    seen.push(...batch.events);
    if (enough(batch, seen)) break;
  }
  return { batches, seen };
};

export const caughtUp = ({ live }: Batch): boolean => live;

/** An event's own fields, however the store keeps them; when it was stored is the store's. */
export const plain = (event: Recorded): Recorded => {
  const { id, stream, revision, position, type, version, data, metadata } = event;
  return { id, stream, revision, position, type, version, data, metadata };
};
