import fc from 'fast-check';
import { ledgerRejections, platformRejections } from '#lumbung/contracts';
import { date, refuse, rupiah, Unavailable } from '#lumbung/kernel';
import { anOffice, CALLER, NOW, PARE, TERMS, villager } from '../testing/office.js';
import { enrol, memberIdOf, mustMayEnterOpenings, stepId } from './enrol.js';
import type { Candidate } from './rules.js';

const FILE = { cooperative: PARE, hash: 'abc' };

const candidate = (index: number, amounts: [number, number, number] = [100_000, 40_000, 0]) => {
  const [pokok, wajib, sukarela] = amounts.map(rupiah) as [never, never, never];
  const member = villager(index, { opening: { pokok, wajib, sukarela } });
  const line = index + 2;
  return { line, member, id: memberIdOf(FILE, line) };
};

const enrolled = (
  { bus }: ReturnType<typeof anOffice>,
  candidates: readonly Candidate[],
  terms = TERMS,
) => enrol({ bus, caller: CALLER, now: () => NOW, terms, hash: FILE.hash }, candidates);

const numbersOf = ({ members }: ReturnType<typeof anOffice>, candidates: readonly Candidate[]) =>
  candidates.map(({ id }) => members.get(id)?.number);

describe('enrolling', () => {
  it('admits in the order of the file, then enters the openings of each book', async () => {
    const office = anOffice();
    const candidates = [candidate(0, [100_000, 0, 5_000]), candidate(1), candidate(2, [0, 0, 0])];
    expect(await enrolled(office, candidates)).toEqual({ refused: [], turnedAway: new Set() });
    const told = office.sent
      .filter(({ payload }) => payload.command)
      .map(({ payload: { command } }) => [command.type, command.data.book, command.data.member]);
    const [first, second] = candidates.map(({ id }) => id);
    expect(told).toEqual([
      ['AdmitMember', undefined, undefined],
      ['AdmitMember', undefined, undefined],
      ['AdmitMember', undefined, undefined],
      ['EnterOpeningSimpanan', 'UMUM', first],
      ['EnterOpeningSimpanan', 'UMUM', second],
      ['EnterOpeningSimpanan', 'USP', first],
    ]);
    expect(numbersOf(office, candidates)).toEqual([1, 2, 3]);
  });

  it('enters pokok and wajib in one book and sukarela in the other, at the cut-over', async () => {
    const office = anOffice();
    const one = candidate(0, [100_000, 40_000, 5_000]);
    await enrolled(office, [one]);
    const { cutOver: at } = TERMS;
    expect(office.openings.get(`${one.id} UMUM`)).toEqual({
      ...{ cooperative: PARE, date: at, pokok: 100_000, wajib: 40_000, sukarela: 0 },
    });
    expect(office.openings.get(`${one.id} USP`)).toEqual({
      ...{ cooperative: PARE, date: at, pokok: 0, wajib: 0, sukarela: 5_000 },
    });
  });

  it('waits for the accounts of a book before it enters what they hold', async () => {
    let waits = 0;
    const office = anOffice({ 'platform.progress.wait': () => ++waits >= 3 });
    await enrolled(office, [candidate(0)]);
    const patterns = office.sent.map(({ pattern }) => pattern.split('.').at(-1));
    expect(patterns).toEqual(['admit', 'progress', 'wait', 'wait', 'wait', 'enterOpening']);
  });

  it('names what was refused, and of whom nothing was recorded', async () => {
    const stranger = candidate(0);
    const office = anOffice({
      'ledger.settlement.enterOpening': () => {
        throw refuse(ledgerRejections, 'MONTH_CLOSED', { month: '2026-02' as never });
      },
    });
    await enrolled(office, [{ ...stranger, line: 90 }]);
    const { refused, turnedAway } = await enrolled(office, [stranger, candidate(1)]);
    expect(refused.map(({ line, field, code }) => [line, field, code])).toEqual([
      [2, 'baris', 'ALREADY_MEMBER_HERE'],
      [3, 'baris', 'MONTH_CLOSED'],
    ]);
    expect(turnedAway).toEqual(new Set([2]));
  });

  it('stops where the platform cannot answer', async () => {
    const office = anOffice({
      'membership.member.admit': () => {
        throw new Unavailable('SERVICE_UNAVAILABLE', 'Nanti.');
      },
    });
    await expect(enrolled(office, [candidate(0)])).rejects.toThrow('SERVICE_UNAVAILABLE');
  });

  it('takes up whoever was admitted before, and leaves whoever left since', async () => {
    const office = anOffice();
    await enrolled(office, [candidate(0, [0, 0, 0]), candidate(1, [0, 0, 0])]);
    const { sent } = office;
    sent.length = 0;
    const again: Candidate[] = [
      { ...candidate(0), status: 'CALON' },
      { ...candidate(1), status: 'KELUAR' },
    ];
    expect((await enrolled(office, again)).refused).toEqual([]);
    const commands = sent.flatMap(({ payload: { command } }) => command ?? []);
    expect(commands.map(({ type, data }) => [type, data.member])).toEqual([
      ['EnterOpeningSimpanan', again[0]?.id],
    ]);
  });

  it('enters an opening once, also when it is tried again at another date', async () => {
    const office = anOffice();
    await enrolled(office, [candidate(0)]);
    const entered = new Map(office.openings);
    const later = { ...TERMS, cutOver: date('2026-03-01') };
    const { refused } = await enrolled(office, [{ ...candidate(0), status: 'ANGGOTA' }], later);
    expect(refused).toEqual([]);
    expect(office.openings).toEqual(entered);
  });

  it('ends the same wherever it was broken off and begun again', async () => {
    const amounts = fc.constantFrom(0, 20_000, 100_000);
    const rows = fc.array(fc.tuple(amounts, amounts, amounts), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(30), fc.boolean(), async (openings, breakAt, isLate) => {
        const candidates = openings.map((opening, index) => candidate(index, opening));
        const undisturbed = anOffice();
        await enrolled(undisturbed, candidates);

        const office = anOffice();
        let left = breakAt;
        const broken: typeof office = {
          ...office,
          bus: {
            send: async (pattern, payload) => {
              if (left-- === 0) {
                if (isLate) await office.bus.send(pattern, payload);
                throw new Error('killed');
              }
              return office.bus.send(pattern, payload);
            },
          },
        };
        await enrolled(broken, candidates).catch(() => undefined);
        const resumed = candidates.map((one) => ({
          ...one,
          status: office.members.get(one.id)?.status,
        }));
        expect((await enrolled(office, resumed)).refused).toEqual([]);
        expect(office.members).toEqual(undisturbed.members);
        expect(office.openings).toEqual(undisturbed.openings);
      }),
      { numRuns: 50 },
    );
  });
});

describe('whoever may not enter openings', () => {
  const asking = (enterOpening?: () => never) => {
    const { bus, openings } = anOffice(
      enterOpening && { 'ledger.settlement.enterOpening': enterOpening },
    );
    const enrolling = { bus, caller: CALLER, now: () => NOW, terms: TERMS, hash: FILE.hash };
    return { asked: mustMayEnterOpenings(enrolling), openings };
  };

  it('is refused before anything is written', async () => {
    const { asked } = asking(() => {
      throw refuse(platformRejections, 'NOT_PERMITTED', { permission: 'simpanan.enter-opening' });
    });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('is told from whoever may, of whom nothing is recorded by asking', async () => {
    const { asked, openings } = asking();
    await asked;
    expect(openings.size).toBe(0);
  });
});

describe('the id of a step', () => {
  it('is the same for the same line of the same file in the same cooperative, and no other', () => {
    const other = { cooperative: '35.06.17.2010' as typeof PARE, hash: 'abc' };
    const ids = [
      stepId(FILE, 2, 'admit'),
      stepId(FILE, 3, 'admit'),
      stepId(FILE, 2, 'UMUM 2026-02-28'),
      stepId(FILE, 2, 'UMUM 2026-03-31'),
      stepId({ ...FILE, hash: 'abd' }, 2, 'admit'),
      stepId(other, 2, 'admit'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(stepId({ ...FILE }, 2, 'admit')).toBe(ids[0]);
    expect(memberIdOf(FILE, 2)).not.toBe(memberIdOf(other, 2));
  });
});
