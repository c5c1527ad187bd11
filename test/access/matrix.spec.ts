import 'reflect-metadata';
import { FeedApi, Role } from '#lumbung/contracts';
import { allFaces } from '#lumbung/hosting';
import type { Caller, HeldRole, MemberId, Scope, UserName } from '#lumbung/kernel';
import { HERE, NAME, type Office, openOffice, sent, THERE } from './office.js';
import { OPERATIONS, type Operation, type Place } from './operations.js';

/** What each scope takes in of two cooperatives and of the whole. */
const REACHES: Record<string, readonly ('here' | 'there' | 'regency')[]> = {
  [HERE]: ['here'],
  '35.06.17': ['here'],
  '35.06': ['here', 'there', 'regency'],
  '35': ['here', 'there', 'regency'],
  [THERE]: ['there'],
  '35.06.01': ['there'],
  '35.06.17.2001': [],
  '35.07': [],
  'program:kopdes': [],
};

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const callerAs = (role: string, scope: string, member?: MemberId): Caller => ({
  ...{
    user: `${role}-uji`.replaceAll('_', '-') as UserName,
    role: 'tamu',
    correlationId: 'matrix',
  },
  roles: [{ role, scope: scope as Scope, ...(member && { member }) } satisfies HeldRole],
});

type Outcome = { answer?: unknown; code?: string };

const outcomeOf = async (operation: Operation, place: Place, caller: Caller): Promise<Outcome> => {
  const { pattern, type, data } = operation;
  const payload = type
    ? { ...sent({ type } as never, data(place)), caller }
    : { query: data(place), caller };
  try {
    return { answer: await office.bus.send(pattern, payload) };
  } catch (error) {
    return { code: (error as { code: string }).code };
  }
};

const cells = (): { operation: Operation; place: Place; role: Role; scope: string }[] => {
  const { members } = office;
  const places: Place[] = [
    { cooperative: HERE, member: members.here, isHere: true },
    { cooperative: THERE, member: members.there, isHere: false },
  ];
  return OPERATIONS.flatMap((operation) =>
    places.flatMap((place) =>
      Role.options.flatMap((role) =>
        Object.keys(REACHES).map((scope) => ({ operation, place, role, scope })),
      ),
    ),
  );
};

const isReached = ({ at }: Operation, { isHere }: Place, scope: string): boolean => {
  if (at === 'anywhere' || at === 'answer') return true;
  return (
    REACHES[scope]?.includes(at === 'regency' ? 'regency' : isHere ? 'here' : 'there') ?? false
  );
};

const objectsIn = (answer: unknown): object[] => {
  if (typeof answer !== 'object' || answer === null) return [];
  return [answer, ...Object.values(answer).flatMap(objectsIn)];
};

/** Whether an answer tells of a cooperative or its member a number, a name or money. */
const tells = (answer: unknown, { cooperative, member }: Place): boolean =>
  objectsIn(answer).some((found) => {
    const values = Object.values(found);
    // A district here has one cooperative, so its sums are that one's.
    const its = [cooperative, member, cooperative.slice(0, '35.06.17'.length)];
    if (!its.some((one) => values.includes(one))) return false;
    return 'number' in found || ('pokok' in found && found.pokok !== 0);
  });

it('each role does and sees what is its own, and nothing else', async () => {
  const holes: string[] = [];
  let tried = 0;
  for (const { operation, place, role, scope } of cells()) {
    const { pattern, by, at, ends } = operation;
    const outcome = await outcomeOf(operation, place, callerAs(role, scope, office.members.here));
    const where = `${role} of ${scope}: ${pattern} at ${place.cooperative}`;
    tried += 1;
    const may = by.includes(role) && isReached(operation, place, scope);
    const isLet = outcome.code !== 'NOT_PERMITTED';
    if (isLet !== may) holes.push(`${where} is ${isLet ? 'let' : 'refused'}`);
    // It came to what it asks for, and not to something that would refuse anybody.
    const isAsked = outcome.code === undefined ? ends === undefined : outcome.code === ends;
    const isGiving = pattern.startsWith('identity.user.') && outcome.code === 'ROLE_ABOVE_OWN';
    if (may && !isAsked && !isGiving) holes.push(`${where} ends in ${outcome.code ?? 'an answer'}`);
    const isInside = REACHES[scope]?.includes(place.isHere ? 'here' : 'there') ?? false;
    const isOwn = role !== 'anggota' || place.isHere || pattern.startsWith('reporting.');
    if (at === 'answer' && tells(outcome.answer, place) && !(isInside && isOwn)) {
      holes.push(`${where} tells ${JSON.stringify(outcome.answer)}`);
    }
  }
  process.stderr.write(`matrix: ${tried} cells tried, ${holes.length} holes\n`);
  expect(holes.slice(0, 20)).toEqual([]);
  expect(tried).toBeGreaterThan(10_000);
});

it('an answer that is looked into tells its own', async () => {
  const place: Place = { cooperative: HERE, member: office.members.here, isHere: true };
  const looked = OPERATIONS.filter(({ at }) => at === 'answer');
  const scope = '35.06';
  expect(looked.length).toBeGreaterThan(2);
  for (const operation of looked) {
    const { answer } = await outcomeOf(operation, place, callerAs('bendahara', scope));
    expect([operation.pattern, tells(answer, place)]).toEqual([operation.pattern, true]);
  }
});

it('a name is read by its cooperative, the auditor and himself, and by nobody else', async () => {
  const place: Place = { cooperative: HERE, member: office.members.here, isHere: true };
  const naming: Record<string, string[]> = {};
  for (const pattern of ['membership.member.find', 'membership.member.list']) {
    const operation = OPERATIONS.find((one) => one.pattern === pattern) as Operation;
    const readers = [];
    for (const role of Role.options) {
      const { answer } = await outcomeOf(operation, place, callerAs(role, '35.06', place.member));
      if (JSON.stringify(answer ?? null).includes(NAME)) readers.push(role);
    }
    naming[pattern] = readers;
  }
  const inside = ['pengurus', 'ketua', 'sekretaris', 'bendahara', 'kasir', 'pengawas', 'manajer'];
  expect(naming).toEqual({
    'membership.member.find': [...inside, 'anggota', 'auditor'],
    'membership.member.list': [...inside, 'auditor'],
  });
});

it('every pattern of every face that one process has is tried', () => {
  const faces = allFaces.filter((api) => api !== FeedApi);
  const patterns = faces.flatMap(({ face: { name, methods } }) =>
    Object.keys(methods).map((method) => `${name}.${method}`),
  );
  expect(OPERATIONS.map(({ pattern }) => pattern).sort()).toEqual(patterns.sort());
});

it.each([
  ['somebody without a role', { user: 'tamu', role: 'tamu', roles: [] }],
  ['a role that is claimed and not held', { user: 'tamu', role: 'pengurus', roles: [] }],
  ['a role that is claimed alone', { user: 'tamu', role: 'pengurus' }],
])('%s is refused everything', async (_, claimed) => {
  const place: Place = { cooperative: HERE, member: office.members.here, isHere: true };
  const caller = { correlationId: 'matrix', ...claimed } as unknown as Caller;
  const outcomes = await Promise.all(
    OPERATIONS.map((operation) => outcomeOf(operation, place, caller)),
  );
  expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(['NOT_PERMITTED']));
});
