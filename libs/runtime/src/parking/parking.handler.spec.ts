import type { ParkedKey } from '#lumbung/contracts';
import { CALLER } from '../testing/jar.js';
import { AllParkingHandler } from './parking.handler.js';
import { Parkings } from './parkings.js';

const key = (reader: string): ParkedKey => ({
  ...{ reader, key: 'siti', code: 'UNEXPECTED', reason: 'a bug', attempts: 1, waiting: 1 },
});

/** A process in which one key of one reader waits. */
const processWith = (reader: string): Parkings => {
  const parkings = new Parkings();
  const resumed = async () => ({ taken: 1, left: null });
  parkings.add({
    ...{
      reader,
      count: 1,
      list: async () => [key(reader)],
      show: async () => ({ ...key(reader), events: [] }),
    },
    ...{ retry: resumed, drop: resumed },
  });
  return parkings;
};

const asked = <T extends object>(query: T) => ({ query, caller: CALLER });

describe('what waits in several processes', () => {
  const parkings = [processWith('notes'), processWith('letters')];
  const all = new AllParkingHandler(() => parkings);
  const siti = { reader: 'letters', key: 'siti' };

  it('is listed together', async () => {
    expect(await all.list(asked({}))).toEqual([key('notes'), key('letters')]);
  });

  it('is shown, tried and dropped where it is', async () => {
    expect(await all.show(asked(siti))).toMatchObject({ reader: 'letters' });
    expect(await all.retry(asked(siti))).toEqual({ taken: 1, left: null });
    const reason = 'salah';
    expect(await all.drop(asked({ ...siti, reason }))).toEqual({ taken: 1, left: null });
  });

  it('is listed once where several know it', async () => {
    const twice = new AllParkingHandler(() => [processWith('notes'), processWith('notes')]);
    expect(await twice.list(asked({}))).toEqual([key('notes')]);
  });

  it('is counted by reader', () => {
    expect(parkings[0]?.counts).toEqual({ notes: 1 });
  });

  it('must be there', async () => {
    const nobody = [asked({ ...siti, key: 'budi' }), asked({ ...siti, reader: 'books' })];
    for (const ask of nobody) {
      await expect(all.show(ask)).rejects.toMatchObject({ code: 'NOT_PARKED' });
      await expect(processWith('notes').show(ask)).rejects.toMatchObject({ code: 'NOT_PARKED' });
    }
  });
});
