import { membershipRejections, platformRejections } from '#lumbung/contracts';
import { refuse } from '#lumbung/kernel';
import { busOf, NOW, PARE } from '../testing/office.js';
import { addFirstUser, found } from './founding.js';

const place = (code: string) => ({
  ...{ code, village: 'Pare', district: 'Pare', regency: 'Kabupaten Kediri' },
  ...{ province: 'Jawa Timur', cooperativeName: `Koperasi ${code}` },
});
const PLACES = [place(PARE), place('35.06.17.2010'), place('35.06.17.2011')];

const founding = async (registered: readonly string[]) => {
  const office = busOf({
    'membership.region.places': () => PLACES,
    'reporting.totals.region': () =>
      registered.length > 0 ? { cooperativeCount: registered.length } : null,
    'membership.cooperative.register': ({ command: { data } }) => {
      if (!registered.includes(data.cooperative)) return {};
      throw refuse(membershipRejections, 'COOPERATIVE_ALREADY_REGISTERED');
    },
  });
  const progress: [number, number][] = [];
  const count = await found(office.bus, '35.06', NOW, (done, of) => progress.push([done, of]));
  const commands = office.sent.flatMap(({ payload: { command } }) => command ?? []);
  return { count, progress, commands };
};

describe('a new folder', () => {
  it('has every village’s cooperative registered, named by its place', async () => {
    const { count, progress, commands } = await founding([]);
    expect(count).toBe(3);
    expect(progress).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(commands[0]).toMatchObject({
      ...{ type: 'RegisterCooperative', issuedAt: NOW },
      data: { cooperative: PARE, name: `Koperasi ${PARE}`, village: 'Pare', district: 'Pare' },
    });
    expect(new Set(commands.map(({ id }) => id)).size).toBe(3);
  });

  it('that was left half founded gets the rest', async () => {
    const { count, progress } = await founding([PARE]);
    expect(count).toBe(2);
    expect(progress.at(-1)).toEqual([3, 3]);
  });

  it('is founded once', async () => {
    const { count, commands } = await founding(PLACES.map(({ code }) => code));
    expect(count).toBe(0);
    expect(commands).toEqual([]);
  });

  it('passes on what else went wrong', async () => {
    const { bus } = busOf({
      'membership.region.places': () => PLACES,
      'reporting.totals.region': () => null,
      'membership.cooperative.register': () => {
        throw refuse(platformRejections, 'TOO_BUSY');
      },
    });
    await expect(found(bus, '35.06', NOW, () => undefined)).rejects.toMatchObject({
      code: 'TOO_BUSY',
    });
  });
});

describe('the first user', () => {
  const adding = async (overrides: Parameters<typeof busOf>[0]) => {
    const { bus, sent } = busOf({
      'identity.user.find': () => null,
      'identity.user.add': () => ({}),
      ...overrides,
    });
    await addFirstUser(bus, '35.06', NOW);
    return sent.flatMap(({ payload: { command } }) => command ?? []);
  };

  it('is pengurus', async () => {
    expect(await adding({})).toMatchObject([
      { type: 'AddUser', data: { name: 'pengurus', role: 'pengurus' } },
    ]);
  });

  it('is added once', async () => {
    expect(await adding({ 'identity.user.find': () => ({ name: 'pengurus' }) })).toEqual([]);
    const exists = () => {
      throw refuse(platformRejections, 'USER_EXISTS');
    };
    expect(await adding({ 'identity.user.add': exists })).toHaveLength(1);
  });
});
