import { FindCooperative, RegisterCooperative } from '#lumbung/contracts';
import { askOf, openOffice } from '../testing/office.js';
import { PARE, place } from '../testing/samples.js';

type Office = Awaited<ReturnType<typeof openOffice>>;

describe('the office of a regency', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.close());

  const register = (cooperative: string) =>
    office.cooperatives.register(office.call(RegisterCooperative, { cooperative, ...place }));
  const find = () => office.cooperatives.find(askOf(FindCooperative, { cooperative: PARE }));

  it('registers a cooperative, and shows it', async () => {
    expect(await find()).toBeNull();
    await office.read(await register(PARE));
    expect(await find()).toMatchObject({ code: PARE, name: place.name, admitted: 0 });
  });

  it('registers it once', async () => {
    await register(PARE);
    await expect(register(PARE)).rejects.toMatchObject({ code: 'COOPERATIVE_ALREADY_REGISTERED' });
  });

  it.each([
    ['of another regency', '35.71.01.1001', 'VILLAGE_OUTSIDE_REGENCY'],
    ['of no village that there is', '35.06.17.1999', 'VILLAGE_UNKNOWN'],
    ['without a code', 'Pare', 'VILLAGE_CODE_MALFORMED'],
  ])('registers none %s, and writes nothing', async (_, code, rejection) => {
    const before = await office.store.head();
    await expect(register(code)).rejects.toMatchObject({ code: rejection });
    expect(await office.store.head()).toBe(before);
  });
});
