import {
  type CommandOf,
  command,
  identifying,
  MemberId,
  Nik,
  PlainDate,
  personal,
  personalPart,
  Sealed,
  type Sent,
  z,
} from './index.js';

const Admit = command('Admit', {
  nik: identifying(Nik),
  name: personal(z.string().min(1)),
  birthDate: personal(PlainDate),
  phone: personal(z.string()).optional(),
  joinedOn: PlainDate,
});
const Dismiss = command('Dismiss', { member: MemberId, on: PlainDate });

describe('a personal field', () => {
  it('is found by the part that it plays, also behind optional', () => {
    expect(Admit.personal).toEqual({
      identifies: 'nik',
      describes: ['name', 'birthDate', 'phone'],
    });
    expect(Dismiss.personal).toEqual({ describes: [] });
  });

  it('leaves its mark on itself only, not on the value type that it was made of', () => {
    const marked = personal(PlainDate);
    expect(personalPart(marked)).toBe('describes');
    expect(personalPart(identifying(marked))).toBe('identifies');
    expect(personalPart(marked)).toBe('describes');
    expect(personalPart(PlainDate)).toBeUndefined();
    expect(personalPart(Nik)).toBeUndefined();
  });

  it('is still checked as the value that it is', () => {
    const told = personal(PlainDate).safeParse('2026-02-30');
    expect(told.error?.issues[0]?.message).toBe('DATE_MALFORMED');
  });

  it('is ciphertext for a decider, who sees the person in its place', () => {
    type Seen = CommandOf<typeof Admit>['data'];
    const sealed = Sealed.parse('ciphertext');
    const seen: Pick<Seen, 'nik' | 'name' | 'joinedOn'> = {
      nik: sealed,
      name: sealed,
      joinedOn: PlainDate.parse('2026-03-02'),
    };
    const person: keyof Seen = 'person';
    expect({ ...seen, person }).toHaveProperty('name', 'ciphertext');
    // @ts-expect-error -- a name in clear never reaches a decider
    seen.name = 'Siti';
    // @ts-expect-error -- a command without personal fields names no person
    const nobody: keyof CommandOf<typeof Dismiss>['data'] = 'person';
    // @ts-expect-error -- who sends it knows no person either
    const sent: keyof Sent<typeof Admit>['data'] = 'person';
    expect([nobody, sent]).toHaveLength(2);
  });
});

describe('a command', () => {
  it('takes its fields and no others', () => {
    const data = { member: 'a25d5ab4-5fd2-5c15-a27c-a03ec86a3a6e', on: '2026-03-02' };
    expect(Dismiss.schema.parse(data)).toEqual(data);
    expect(Dismiss.schema.safeParse({ ...data, reason: '' }).success).toBe(false);
    expect(Dismiss.type).toBe('Dismiss');
  });
});
