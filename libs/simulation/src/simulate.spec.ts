import { businessDate, type Month, monthOf, Nik, uuidOf } from '#lumbung/kernel';
import { CODES, FROM, type Given, live, of, PARE, TERTEK, ZONE } from './testing/lives.js';

const typed = (given: readonly Given[], type: string) =>
  given.flatMap(({ command }) => (command.type === type ? [command] : []));

type Act = { kind: string; on: string; month?: Month };

/** What happened to each member, in order. */
const livesIn = (given: readonly Given[]) => {
  const lives = new Map<string, Act[]>();
  const tell = (member: string, act: Act) => {
    const known = lives.get(member);
    if (known) known.push(act);
    else lives.set(member, [act]);
  };
  for (const { command } of given) {
    const { type, id, data } = command;
    const { member, date: on, month, kind } = data;
    if (type === 'AdmitMember') tell(uuidOf(id, 'member'), { kind: 'ADMITTED', on: data.joinedOn });
    if (type === 'DepositSimpanan') tell(member, { kind, on, month });
    if (type === 'WithdrawSimpanan') tell(member, { kind: 'WITHDRAWN', on });
    if (type === 'ResignMember') tell(member, { kind: 'RESIGNED', on: data.effectiveOn });
    if (type === 'PayResigned') tell(member, { kind: 'PAID_OUT', on });
    if (type === 'CollectWajib') {
      for (const payer of data.members) tell(payer, { kind: 'WAJIB', on, month });
    }
  }
  return lives;
};

let remembered: ReturnType<typeof live> | undefined;

/** A year of three cooperatives, lived once for all who look at it. */
const many = async () => {
  remembered ??= live({ months: 12, members: 60 });
  const { given } = await remembered;
  return { given, lives: [...livesIn(given).values()] };
};

describe('a life from a seed', () => {
  it('is the same every time, to the last command and moment', async () => {
    const [one, other] = [await live(), await live()];
    expect(one.given.length).toBeGreaterThan(300);
    expect(other.given).toEqual(one.given);
  });

  it('is another from another seed', async () => {
    const [one, other] = [await live({ seed: 1 }), await live({ seed: 2 })];
    const [mine, theirs] = [of(one.given, PARE), of(other.given, PARE)];
    expect(theirs.map(({ command }) => command.type)).not.toEqual(
      mine.map(({ command }) => command.type),
    );
    const ids = new Set(one.given.map(({ command }) => command.id));
    expect(other.given.filter(({ command }) => ids.has(command.id))).toEqual([]);
  });

  it('goes the same way beside whatever others, though people’s numbers are others', async () => {
    const [together, alone] = [await live(), await live({ codes: [TERTEK] })];
    const plain = (given: Given[]) =>
      given.map(({ command: { data, ...command } }) => {
        const { nik, birthDate, ktpVillage, ...rest } = data;
        return { ...command, data: rest };
      });
    expect(plain(of(alone.given, TERTEK))).toEqual(plain(of(together.given, TERTEK)));
  });

  it('tells how many lived in it', async () => {
    const { given, simulated } = await live();
    expect(simulated).toEqual({
      cooperatives: CODES.length,
      members: typed(given, 'AdmitMember').length,
      commands: given.length,
    });
  });

  it('gives every command an id of its own, and no id twice', async () => {
    const { given } = await live({ months: 12 });
    expect(new Set(given.map(({ command }) => command.id)).size).toBe(given.length);
  });

  it('is lived by the pengurus', async () => {
    const { given } = await live({ months: 1 });
    expect(new Set(given.map(({ user }) => user))).toEqual(new Set(['pengurus']));
  });
});

describe('the days of a life', () => {
  it('begin at midnight, each once, from the first to the end of the last month', async () => {
    const { begun, progress } = await live({ months: 2 });
    expect(begun).toHaveLength(31 + 30);
    expect(begun[0]).toBe('2025-02-28T17:00:00.000Z');
    expect(begun.at(-1)).toBe('2025-04-29T17:00:00.000Z');
    expect(new Set(begun).size).toBe(begun.length);
    expect(progress[0]).toEqual([1, 61]);
    expect(progress.at(-1)).toEqual([61, 61]);
  });

  it('hold acts of their own date, never of one before the first or yet to come', async () => {
    const { given } = await live({ months: 12 });
    for (const { command } of given) {
      const today = businessDate(command.issuedAt, ZONE);
      expect(today >= FROM).toBe(true);
      const { date, joinedOn, licensedOn, effectiveOn } = command.data;
      for (const on of [date, joinedOn, licensedOn]) {
        if (on !== undefined) expect(on).toBe(today);
      }
      if (effectiveOn !== undefined) expect(effectiveOn >= today).toBe(true);
    }
  });

  it('wait until all is done that followed, before the clock moves on', async () => {
    const { steps } = await live({ months: 12 });
    const unfinished = steps.filter(({ at, isWait }, index) => {
      const next = steps[index + 1];
      return !isWait && next?.at !== at;
    });
    expect(steps.length).toBeGreaterThan(300);
    expect(unfinished).toEqual([]);
  });

  it('come in order', async () => {
    const { given } = await live();
    const moments = given.map(({ command }) => command.issuedAt);
    expect(moments).toEqual([...moments].sort());
  });
});

describe('the people of a life', () => {
  it('bear numbers of no district, each his own', async () => {
    const { given } = await many();
    const niks = typed(given, 'AdmitMember').map(({ data }) => data.nik);
    expect(niks.length).toBeGreaterThan(100);
    expect(new Set(niks).size).toBe(niks.length);
    expect(niks.filter((nik) => nik.slice(4, 6) !== '99' || !Nik.safeParse(nik).success)).toEqual(
      [],
    );
  });

  it('pay their pokok before a wajib or sukarela', async () => {
    const { lives } = await many();
    const paying = lives.filter((acts) => acts.some(({ kind }) => kind === 'WAJIB'));
    expect(paying.length).toBeGreaterThan(50);
    for (const acts of lives) {
      const kinds = acts.map(({ kind }) => kind);
      expect(kinds[0]).toBe('ADMITTED');
      const last = kinds.lastIndexOf('POKOK');
      const others = kinds.findIndex((kind) => ['WAJIB', 'SUKARELA', 'WITHDRAWN'].includes(kind));
      if (others >= 0) expect(last >= 0 && last < others).toBe(true);
    }
  });

  it('pay the wajib of a month once, from the month they joined', async () => {
    const { lives } = await many();
    for (const acts of lives) {
      const months = acts.flatMap(({ month }) => month ?? []);
      expect(new Set(months).size).toBe(months.length);
      const joined = monthOf(acts[0]?.on as never);
      expect(months.filter((month) => month < joined)).toEqual([]);
    }
  });

  it('fall into arrears, and catch up with some of them later', async () => {
    const { lives } = await many();
    const late = lives
      .flat()
      .filter(({ kind, on, month }) => kind === 'WAJIB' && month && month < on.slice(0, 7));
    expect(late.length).toBeGreaterThan(20);
    const unpaid = lives.filter((acts) => {
      const stays = !acts.some(({ kind }) => kind === 'RESIGNED');
      const months = acts.filter(({ kind }) => kind === 'WAJIB').length;
      const [joined] = acts;
      const due = 12 - ((Number(joined?.on.slice(5, 7)) - 3 + 12) % 12);
      return stays && months > 0 && months < due;
    });
    expect(unpaid.length).toBeGreaterThan(10);
  });

  it('leave, some of them paid out, and do nothing more', async () => {
    const { lives } = await many();
    const left = lives.filter((acts) => acts.some(({ kind }) => kind === 'RESIGNED'));
    expect(left.length).toBeGreaterThan(3);
    expect(left.filter((acts) => acts.at(-1)?.kind === 'PAID_OUT').length).toBeGreaterThan(0);
    for (const acts of left) {
      const after = acts.slice(acts.findIndex(({ kind }) => kind === 'RESIGNED') + 1);
      expect(after.filter(({ kind }) => kind !== 'PAID_OUT')).toEqual([]);
      expect(after.length).toBeLessThanOrEqual(1);
    }
  });

  it('take out no more sukarela than they brought', async () => {
    const { given } = await many();
    const saved = new Map<string, number>();
    let drawn = 0;
    for (const { command } of given) {
      const { member, kind, amount } = command.data;
      if (kind !== 'SUKARELA') continue;
      const sign = command.type === 'DepositSimpanan' ? 1 : -1;
      if (sign < 0) drawn += 1;
      saved.set(member, (saved.get(member) ?? 0) + sign * amount);
      expect(saved.get(member)).toBeGreaterThanOrEqual(0);
    }
    expect(drawn).toBeGreaterThan(0);
  });
});

describe('the cooperatives of a life', () => {
  it('set their terms before anybody joins, and have a licence before anybody saves', async () => {
    const { given } = await many();
    for (const code of CODES) {
      const types = of(given, code).map(({ command: { type, data } }) =>
        data.kind === 'SUKARELA' ? 'Save' : type,
      );
      const comesFirst = (first: string, second: string) => {
        if (types.includes(second)) {
          expect(types.includes(first)).toBe(true);
          expect(types.indexOf(first)).toBeLessThan(types.indexOf(second));
        }
      };
      comesFirst('SetSimpananPolicy', 'AdmitMember');
      comesFirst('OpenUsp', 'Save');
    }
  });

  it('close their months in order, none that is not over', async () => {
    const { given } = await many();
    const closed = typed(given, 'CloseMonth');
    expect(closed.length).toBeGreaterThan(5);
    const last = new Map<string, Month>();
    for (const { data, issuedAt } of closed) {
      const book = `${data.cooperative} ${data.book}`;
      const earlier = last.get(book);
      if (earlier) expect(data.month > earlier).toBe(true);
      last.set(book, data.month);
      expect(data.month < monthOf(businessDate(issuedAt, ZONE))).toBe(true);
    }
  });
});

describe('a life that meets a refusal', () => {
  it('stops, and says where', async () => {
    const take = ({ type }: { type: string }) => {
      if (type === 'DepositSimpanan') throw new Error('POKOK_ALREADY_PAID: lunas');
      return {};
    };
    await expect(live({ take })).rejects.toThrow(
      /^35\.06\.17\.\d{4} could not do pokok\/\d+\/\d+: POKOK_ALREADY_PAID/,
    );
  });
});
