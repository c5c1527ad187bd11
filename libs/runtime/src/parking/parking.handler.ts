import { Inject, type Type } from '@nestjs/common';
import {
  type DropEvent,
  type ListParked,
  type ParkedKey,
  type ParkedQueue,
  ParkingApi,
  parkingOf,
  platformRejections,
  type Resumed,
  type RetryParked,
  type ShowParked,
} from '#lumbung/contracts';
import { type Ask, type Caller, type FaceClass, refuse } from '#lumbung/kernel';
import { Face, Permission, regencyWide } from '#lumbung/transport';

/** Gives what waits in each of the processes that serve a regency together. */
export const ALL_PARKINGS = Symbol('ALL_PARKINGS');

const handlerOf = (face: FaceClass<ParkingApi>): Type<ParkingApi> => {
  @Face(face)
  class ParkingHandler implements ParkingApi {
    constructor(@Inject(ALL_PARKINGS) private readonly parkings: () => readonly ParkingApi[]) {}

    @Permission('platform.resume', regencyWide)
    async list(ask: Ask<typeof ListParked>): Promise<ParkedKey[]> {
      const all = await Promise.all(this.parkings().map((one) => one.list(ask)));
      // Of a reader of which there are several, each knows the same.
      const byKey = new Map(all.flat().map((one) => [`${one.reader} ${one.key}`, one]));
      return [...byKey.values()];
    }

    @Permission('platform.resume', regencyWide)
    async show(ask: Ask<typeof ShowParked>): Promise<ParkedQueue> {
      return (await this.whereWaits(ask)).show(ask);
    }

    @Permission('platform.resume', regencyWide)
    async retry(ask: Ask<typeof RetryParked>): Promise<Resumed> {
      return (await this.whereWaits(ask)).retry(ask);
    }

    @Permission('platform.resume', regencyWide)
    async drop(ask: Ask<typeof DropEvent>): Promise<Resumed> {
      return (await this.whereWaits(ask)).drop(ask);
    }

    private async whereWaits({ query, caller }: Waiting): Promise<ParkingApi> {
      for (const one of this.parkings()) {
        const waiting = await one.list({ query: {}, caller });
        const isIt = ({ reader, key }: ParkedKey) => reader === query.reader && key === query.key;
        if (waiting.some(isIt)) return one;
      }
      throw refuse(platformRejections, 'NOT_PARKED');
    }
  }
  return ParkingHandler;
};

type Waiting = { query: { reader: string; key: string }; caller: Caller };

/** Answers for what waits in its own process. */
export const parkingHandlerOf = (process: string) => handlerOf(parkingOf(process));

/** Answers for what waits anywhere. */
export const AllParkingHandler = handlerOf(ParkingApi);
