import { given } from '#lumbung/kernel/testing';
import {
  DropParked,
  EventDropped,
  EventFailedAgain,
  EventHeld,
  EventParked,
  EventTaken,
  FailAgain,
  HoldEvent,
  type Kept,
  ParkEvent,
  parkingStream,
  TakeParked,
} from './parking.stream.js';

const kept = (id: string): Kept => ({ id, type: 'test.Happened', version: 1, json: '{}' });
const why = { code: 'UNEXPECTED', reason: 'a bug' };
const key = 'siti';
const parked = EventParked({ key, event: kept('one'), ...why });
const held = EventHeld({ key, event: kept('two') });
const parking = (...history: Parameters<typeof given>[1][]) => given(parkingStream, ...history);

describe('what a reader could not take', () => {
  it('is parked, and what comes of its key waits behind it', () => {
    parking()
      .when(ParkEvent, { key, event: kept('one'), ...why })
      .yields(parked);
    parking(parked)
      .when(HoldEvent, { key, event: kept('two') })
      .yields(held);
  });

  it('has nothing behind it that could be taken', () => {
    parking()
      .when(HoldEvent, { key, event: kept('two') })
      .rejects('NOT_PARKED');
  });

  it('is kept once', () => {
    const twice = { key, event: kept('one') };
    parking(parked)
      .when(ParkEvent, { ...twice, ...why })
      .yields();
    parking(parked).when(HoldEvent, twice).yields();
    parking(parked, held)
      .when(HoldEvent, { key, event: kept('two') })
      .yields();
  });

  it('leaves in order: the first only, taken or dropped', () => {
    parking(parked, held).when(TakeParked, { key, id: 'two' }).yields();
    parking(parked, held)
      .when(TakeParked, { key, id: 'one' })
      .yields(EventTaken({ key, id: 'one' }));
    parking(parked, held, EventTaken({ key, id: 'one' }))
      .when(TakeParked, { key, id: 'two' })
      .yields(EventTaken({ key, id: 'two' }));
    parking(parked, held, EventDropped({ key, id: 'one', reason: 'salah' }))
      .when(TakeParked, { key, id: 'two' })
      .yields(EventTaken({ key, id: 'two' }));
  });

  it('is dropped while it waits, and not before or after', () => {
    const drop = { key, id: 'one', reason: 'desa ini tidak ada' };
    parking(parked).when(DropParked, drop).yields(EventDropped(drop));
    parking().when(DropParked, drop).rejects('NOT_PARKED');
    parking(parked, EventTaken({ key, id: 'one' }))
      .when(DropParked, drop)
      .rejects('NOT_PARKED');
  });

  it('remembers how often it was tried, and why it failed last', () => {
    const again = { key, id: 'one', code: 'TOO_LATE', reason: 'terlambat' };
    parking(parked).when(FailAgain, again).yields(EventFailedAgain(again));
    parking().when(FailAgain, again).yields();
    const { state } = parking(parked, held, EventFailedAgain(again));
    expect(state).toEqual({
      waiting: {
        keys: {
          siti: {
            events: [kept('one'), kept('two')],
            ...{ attempts: 2, code: 'TOO_LATE', reason: 'terlambat' },
          },
        },
      },
    });
  });

  it('is gone when nothing of its key waits', () => {
    expect(parking(parked, EventTaken({ key, id: 'one' })).state).toEqual({
      waiting: { keys: {} },
    });
  });
});
