import type { RegencyCode, VillageCode } from '#lumbung/kernel';
import { CALLER } from '../testing/office.js';
import { PARE } from '../testing/samples.js';
import { RegionHandler } from './region.handler.js';

const regions = new RegionHandler();
const placeOf = (village: string) =>
  regions.place({ query: { village: village as VillageCode }, caller: CALLER });
const placesIn = (regency: string) =>
  regions.places({ query: { regency: regency as RegencyCode }, caller: CALLER });

describe('a village', () => {
  it('is found in its district, regency and province, with its cooperative’s name', async () => {
    expect(await placeOf(PARE)).toEqual({
      ...{ code: PARE, village: 'Pare', district: 'Pare' },
      ...{ regency: 'Kabupaten Kediri', province: 'Jawa Timur' },
      cooperativeName: 'Koperasi Kelurahan Merah Putih Pare',
    });
  });

  it.each(['35.06.17.1999', '99.99.99.2001'])(
    'that does not exist is refused: %s',
    async (code) => {
      await expect(placeOf(code)).rejects.toMatchObject({
        code: 'VILLAGE_UNKNOWN',
        sentence: 'Kode desa ini tidak ada dalam daftar wilayah.',
      });
    },
  );

  it('is only asked for by a code', async () => {
    await expect(placeOf('Pare')).rejects.toMatchObject({ code: 'VILLAGE_CODE_MALFORMED' });
  });
});

describe('a regency', () => {
  it('has all of its villages, by code, the same when asked again', async () => {
    const places = await placesIn('35.06');
    expect(places).toHaveLength(344);
    expect(places[0]?.code).toBe('35.06.01.2001');
    expect(await placesIn('35.06')).toEqual(places);
  });

  it('that does not exist has none', async () => {
    expect(await placesIn('99.99')).toEqual([]);
  });
});
