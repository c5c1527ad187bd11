import {
  AdmitMember,
  EndMembership,
  FindMembers,
  ListMembers,
  LookUpMembers,
  RegisterCooperative,
  ResignMember,
} from '#lumbung/contracts';
import type { MemberId, Recorded } from '#lumbung/kernel';
import { askOf, openOffice } from '../testing/office.js';
import { GEDANGSEWU, PARE, place, SITI } from '../testing/samples.js';

// Invented: the district digits of a NIK are never 99.
const NIK = { siti: '3506994101900001', budi: '3506990202850002', wati: '3506994303950003' };

const siti = {
  cooperative: PARE,
  nik: NIK.siti,
  name: 'Siti Rahayu Lestari',
  sex: 'P',
  birthDate: '1990-01-01',
  address: 'RT 03 RW 01, Dusun Rejo',
  ktpVillage: PARE,
  phone: '081299000111',
  joinedOn: '2026-03-02',
};
const budi = { ...siti, nik: NIK.budi, name: 'Budi Wage Prasetyo', sex: 'L' };

type Office = Awaited<ReturnType<typeof openOffice>>;
let office: Office;

beforeEach(async () => {
  office = await openOffice();
  for (const cooperative of [PARE, GEDANGSEWU]) {
    await office.cooperatives.register(office.call(RegisterCooperative, { cooperative, ...place }));
  }
});
afterEach(() => office.close());

const admit = async (person: object) => {
  const admission = await office.members.admit(office.call(AdmitMember, person));
  await office.read(admission);
  return admission;
};
const lookUp = (niks: string[], cooperative = PARE) =>
  office.members.lookUp(askOf(LookUpMembers, { cooperative, niks }));
const list = (query: object) =>
  office.members.list(askOf(ListMembers, { cooperative: PARE, ...query }));
const find = (...members: MemberId[]) => office.members.find(askOf(FindMembers, { members }));

const leave = async (member: MemberId) => {
  const on = '2026-03-02';
  const resignation = { cooperative: PARE, member, effectiveOn: on, reason: 'PINDAH' };
  await office.members.resign(office.call(ResignMember, resignation));
  const end = { cooperative: PARE, member, on };
  await office.read(await office.members.end(office.call(EndMembership, end)));
};

describe('admitting', () => {
  it('answers the number and the warnings, and the name can be read', async () => {
    const answer = await admit({ ...siti, ktpVillage: GEDANGSEWU });
    expect(answer).toMatchObject({ number: 1, warnings: ['KTP_VILLAGE_DIFFERS'] });
    expect(await find(answer.member)).toMatchObject([
      {
        ...{ id: answer.member, cooperative: PARE, number: 1, name: siti.name, sex: 'P' },
        ...{ joinedOn: '2026-03-02', status: 'CALON', endsOn: null },
        warnings: ['KTP_VILLAGE_DIFFERS'],
      },
    ]);
  });

  it('leaves no personal value in clear in the log', async () => {
    await admit(siti);
    const log: Recorded[] = [];
    for await (const events of office.store.readAll()) log.push(...events);
    const text = JSON.stringify(log.map(({ position: _, ...event }) => event));
    expect(text).toContain('membership.MemberAdmitted');
    const { nik, name, birthDate, address, phone } = siti;
    for (const value of [nik, name, birthDate, address, phone]) expect(text).not.toContain(value);
  });

  it('knows a person in two cooperatives as one, who is a member of each', async () => {
    const here = await admit(siti);
    const there = await admit({ ...siti, cooperative: GEDANGSEWU });
    expect([here.number, there.number]).toEqual([1, 1]);
    expect(await lookUp([NIK.siti])).toEqual([{ member: here.member, number: 1 }]);
    expect(await lookUp([NIK.siti], GEDANGSEWU)).toEqual([{ member: there.member, number: 1 }]);
  });

  it.each([
    ['born tomorrow', { birthDate: '2026-03-03' }, 'BORN_IN_FUTURE'],
    ['who joins tomorrow', { joinedOn: '2026-03-03' }, 'JOINED_IN_FUTURE'],
    ['from no village that there is', { ktpVillage: '35.06.17.1999' }, 'VILLAGE_UNKNOWN'],
    ['with a serial of nought', { nik: '3506994101900000' }, 'NIK_MALFORMED'],
    ['born on no day', { birthDate: '1990-02-30' }, 'DATE_MALFORMED'],
    ['without a name', { name: '   ' }, 'NAME_MISSING'],
    ['where no cooperative is', { cooperative: '35.06.17.2001' }, 'COOPERATIVE_UNKNOWN'],
  ])('refuses somebody %s, and writes nothing', async (_, changes, code) => {
    const before = await office.store.head();
    await expect(admit({ ...siti, ...changes })).rejects.toMatchObject({ code });
    expect(await office.store.head()).toBe(before);
  });

  it('refuses a NIK that is a member here already, and says under which number', async () => {
    await admit(budi);
    await admit(siti);
    await expect(admit({ ...siti, name: 'Nama Lain' })).rejects.toMatchObject({
      code: 'ALREADY_MEMBER_HERE',
      sentence: 'NIK ini sudah menjadi anggota koperasi ini, nomor 2.',
    });
  });

  it('takes somebody born today, and a NIK that was issued anywhere', async () => {
    expect(
      await admit({ ...siti, birthDate: '2026-03-02', nik: '9471994101900001' }),
    ).toMatchObject({ number: 1 });
  });
});

describe('looking up', () => {
  it('finds who is a member now, in the order asked, and nobody else', async () => {
    const first = await admit(siti);
    const second = await admit(budi);
    expect(await lookUp([NIK.budi, NIK.wati, NIK.siti])).toEqual([
      { member: second.member, number: 2 },
      null,
      { member: first.member, number: 1 },
    ]);
    expect(await lookUp([NIK.siti], GEDANGSEWU)).toEqual([null]);
  });

  it('finds nobody who left, and who came back under his new number', async () => {
    const first = await admit(siti);
    await leave(first.member);
    expect(await lookUp([NIK.siti])).toEqual([null]);
    const again = await admit(siti);
    expect(await lookUp([NIK.siti])).toEqual([{ member: again.member, number: 2 }]);
  });

  it('leaves no trace of whoever was only asked about', async () => {
    await lookUp([NIK.wati]);
    expect(await office.vault.find(NIK.wati)).toBeUndefined();
  });
});

describe('the list of members', () => {
  it('goes by number and in pages, and counts all, also those who left', async () => {
    const first = await admit(siti);
    await admit(budi);
    await admit({ ...siti, nik: NIK.wati, name: 'Wati Kusuma' });
    await leave(first.member);
    const page = await list({ first: 2 });
    expect(page).toMatchObject({ totalCount: 3, hasNextPage: true });
    expect(page.nodes.map(({ number, status }) => [number, status])).toEqual([
      [1, 'KELUAR'],
      [2, 'CALON'],
    ]);
    const rest = await list({ first: 2, after: page.endCursor });
    expect(rest.nodes.map(({ name }) => name)).toEqual(['Wati Kusuma']);
    expect(rest.hasNextPage).toBe(false);
  });

  it.each([
    [0, 'PAGE_TOO_SMALL'],
    [501, 'PAGE_TOO_LARGE'],
  ])('has no page of %d', async (first, code) => {
    await expect(list({ first })).rejects.toMatchObject({ code });
  });

  it('goes on after no cursor but its own', async () => {
    const asked = list({ first: 2, after: 'halaman berikutnya' });
    await expect(asked).rejects.toMatchObject({ code: 'CURSOR_MALFORMED' });
  });

  it('of a cooperative that nobody joined is empty', async () => {
    expect(await list({ first: 10 })).toMatchObject({ totalCount: 0, nodes: [], endCursor: null });
  });
});

describe('members that are asked for', () => {
  it('come in the order asked, with gaps', async () => {
    const first = await admit(siti);
    const second = await admit(budi);
    const found = await find(second.member, SITI, first.member);
    expect(found.map((member) => member?.name ?? null)).toEqual([budi.name, null, siti.name]);
  });

  it('have no name when they were forgotten', async () => {
    const { member } = await admit(siti);
    const person = await office.vault.find(NIK.siti);
    if (person) await office.vault.forget(person);
    expect(await find(member)).toMatchObject([{ number: 1, name: null }]);
  });
});
