import {
  type DropEvent,
  type ListParked,
  type ParkedKey,
  type ParkedQueue,
  type ParkingApi,
  platformRejections,
  type Resumed,
  type RetryParked,
  type ShowParked,
} from '#lumbung/contracts';
import { type Ask, refuse } from '#lumbung/kernel';
import type { Parking } from './parking.js';

export type Waits = Pick<Parking<unknown>, 'reader' | 'count' | 'list' | 'show' | 'retry' | 'drop'>;

/** What the readers of one process could not take. */
export class Parkings implements ParkingApi {
  private readonly byReader = new Map<string, Waits>();

  add(parking: Waits): void {
    this.byReader.set(parking.reader, parking);
  }

  /** How many keys wait, by reader. */
  get counts(): Record<string, number> {
    return Object.fromEntries([...this.byReader].map(([name, { count }]) => [name, count]));
  }

  async list(_: Ask<typeof ListParked>): Promise<ParkedKey[]> {
    const all = await Promise.all([...this.byReader.values()].map((parking) => parking.list()));
    return all.flat();
  }

  async show({ query: { reader, key } }: Ask<typeof ShowParked>): Promise<ParkedQueue> {
    return this.of(reader).show(key);
  }

  async retry({ query: { reader, key }, caller }: Ask<typeof RetryParked>): Promise<Resumed> {
    return this.of(reader).retry(key, caller);
  }

  async drop({ query: { reader, key, reason }, caller }: Ask<typeof DropEvent>): Promise<Resumed> {
    return this.of(reader).drop(key, reason, caller);
  }

  private of(reader: string): Waits {
    const parking = this.byReader.get(reader);
    if (!parking) throw refuse(platformRejections, 'NOT_PARKED');
    return parking;
  }
}
