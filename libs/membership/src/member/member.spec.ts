import fc from 'fast-check';
import { AdmitMember, ConfirmMember, EndMembership, ResignMember } from '#lumbung/contracts';
import {
  type CommandDeclaration,
  type DomainEvent,
  dataOf,
  date,
  type MemberId,
  type Recorded,
  Rejection,
  type Sealed,
  uuidOf,
} from '#lumbung/kernel';
import { given, recorded, TEST_METADATA } from '#lumbung/kernel/testing';
import { registerStream } from '../cooperative/register.stream.js';
import {
  admission,
  admitted,
  BUDI,
  confirmed,
  ended,
  entered,
  followedBy,
  GEDANGSEWU,
  PARE,
  personOf,
  resigned,
  SITI,
} from '../testing/samples.js';
import type { Members } from './member.decider.js';
import { MemberAdmitted, MembershipEnded } from './member.events.js';

const TODAY = TEST_METADATA.businessDate;
const calon = [entered, admitted('siti', 1)];
const anggota = [...calon, confirmed(SITI)];
const leaving = [...anggota, resigned(SITI)];
const gone = [...leaving, ended(SITI)];

const confirm = { cooperative: PARE, member: SITI, on: TODAY };
const resign = { cooperative: PARE, member: SITI, effectiveOn: TODAY, reason: 'PINDAH' };
const end = { cooperative: PARE, member: SITI, on: TODAY };

const admittedIn = (history: DomainEvent[]) => dataOf(MemberAdmitted, history);

describe('somebody who comes', () => {
  it('is admitted as a candidate under an id and a number of his own', () => {
    const member = uuidOf(TEST_METADATA.commandId, 'member') as MemberId;
    const asked = given(registerStream, entered).when(AdmitMember, admission('siti'));
    asked.yields(admitted('siti', 1, { member }));
  });

  it('is numbered after the last, also when that one has left', () => {
    const second = followedBy(calon, AdmitMember, admission('budi'));
    const afterwards = followedBy(gone, AdmitMember, admission('budi'));
    expect(admittedIn(second).map(({ number }) => number)).toEqual([1, 2]);
    expect(admittedIn(afterwards).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is warned of, not refused, when his KTP names another village, and it stays with him', () => {
    const elsewhere = admission('siti', { ktpVillage: '31.74.05.1001' });
    const [admitted] = admittedIn(followedBy([entered], AdmitMember, elsewhere));
    expect(admitted?.warnings).toEqual(['KTP_VILLAGE_DIFFERS']);
    expect(admitted?.ktpVillage).toBe('31.74.05.1001');
  });

  it('may leave a phone number or none', () => {
    const phone = 'phone of siti' as Sealed;
    const asked = given(registerStream, entered);
    const [reachable] = asked.when(AdmitMember, admission('siti', { phone })).then();
    const [unreachable] = asked.when(AdmitMember, admission('siti')).then();
    expect(reachable?.data).toMatchObject({ phone });
    expect(unreachable?.data).not.toHaveProperty('phone');
  });

  it('may have joined before the register was kept here', () => {
    const early = admission('siti', { joinedOn: '2019-05-01' });
    const [admitted] = admittedIn(followedBy([entered], AdmitMember, early));
    expect(admitted?.joinedOn).toBe('2019-05-01');
  });

  it('comes back under a new number after he left', () => {
    const [, again] = admittedIn(followedBy(gone, AdmitMember, admission('siti')));
    expect(again).toMatchObject({ number: 2, person: personOf('siti') });
  });

  it('may be a member elsewhere: another register knows nothing of it', () => {
    const there = { ...entered, data: { ...entered.data, cooperative: GEDANGSEWU } };
    const data = admission('siti', { cooperative: GEDANGSEWU, ktpVillage: GEDANGSEWU });
    expect(admittedIn(followedBy([there], AdmitMember, data))).toMatchObject([{ number: 1 }]);
  });
});

describe('a candidate', () => {
  it('becomes a member once, when his pokok is paid', () => {
    given(registerStream, ...calon)
      .when(ConfirmMember, confirm)
      .yields(confirmed(SITI));
    given(registerStream, ...anggota)
      .when(ConfirmMember, confirm)
      .yields();
  });

  it('does not become one while he leaves, nor after he left', () => {
    for (const history of [[...calon, resigned(SITI)], leaving, gone]) {
      given(registerStream, ...history)
        .when(ConfirmMember, confirm)
        .yields();
    }
  });

  it('may leave, and was then never a member', () => {
    const left = followedBy(followedBy(calon, ResignMember, resign), EndMembership, end);
    expect(dataOf(MembershipEnded, left)).toEqual([{ member: SITI, wasMember: false, on: TODAY }]);
  });
});

describe('a member', () => {
  it('resigns for a reason, on a day that may lie ahead or behind', () => {
    for (const effectiveOn of ['2026-03-31', '2026-03-02'].map(date)) {
      given(registerStream, ...anggota)
        .when(ResignMember, { ...resign, effectiveOn })
        .yields(resigned(SITI, effectiveOn));
    }
  });

  it('was one when his membership ends, and it ends once', () => {
    given(registerStream, ...leaving)
      .when(EndMembership, end)
      .yields(ended(SITI));
    given(registerStream, ...gone)
      .when(EndMembership, end)
      .yields();
  });

  it('who left is not the one who came back: each entry keeps its own way', () => {
    const back = followedBy(gone, AdmitMember, admission('siti'));
    const again = admittedIn(back).at(-1)?.member;
    given(registerStream, ...back)
      .when(ConfirmMember, { ...confirm, member: again })
      .yields(confirmed(again as MemberId));
    given(registerStream, ...back)
      .when(ResignMember, resign)
      .rejects('MEMBER_ALREADY_RESIGNED');
  });
});

const COMMAND = {
  admit: AdmitMember,
  confirm: ConfirmMember,
  resign: ResignMember,
  end: EndMembership,
};
type Row = [string, keyof typeof COMMAND, DomainEvent[], Record<string, unknown>, string];

const tomorrow = admission('siti', { joinedOn: '2026-03-03' });
const early = { ...resign, effectiveOn: '2026-03-01' };

it.each<Row>([
  ['admits nobody where no cooperative is', 'admit', [], admission('siti'), 'COOPERATIVE_UNKNOWN'],
  ['admits nobody who has yet to join', 'admit', [entered], tomorrow, 'JOINED_IN_FUTURE'],
  ['admits no candidate again', 'admit', calon, admission('siti'), 'ALREADY_MEMBER_HERE'],
  ['admits no member again', 'admit', anggota, admission('siti'), 'ALREADY_MEMBER_HERE'],
  [
    'admits nobody again who still leaves',
    'admit',
    leaving,
    admission('siti'),
    'ALREADY_MEMBER_HERE',
  ],
  ['confirms nobody it does not know', 'confirm', [entered], confirm, 'MEMBER_UNKNOWN'],
  ['lets nobody leave whom it does not know', 'resign', [entered], resign, 'MEMBER_UNKNOWN'],
  ['ends nothing of whom it does not know', 'end', [entered], end, 'MEMBER_UNKNOWN'],
  ['takes a resignation once', 'resign', leaving, resign, 'MEMBER_ALREADY_RESIGNED'],
  ['takes none from who left', 'resign', gone, resign, 'MEMBER_ALREADY_RESIGNED'],
  ['lets nobody leave before he joined', 'resign', anggota, early, 'RESIGNED_BEFORE_JOINING'],
])('a register %s', (_, command, history, data, code) => {
  const asked = given(registerStream, ...history).when(
    COMMAND[command] as CommandDeclaration,
    data,
  );
  asked.rejects(code);
});

it('a register says under which number somebody is a member already', () => {
  const history = [entered, admitted('budi', 1), admitted('siti', 2)];
  const asked = given(registerStream, ...history).when(AdmitMember, admission('siti'));
  asked.rejects('ALREADY_MEMBER_HERE', { number: 2 });
});

const NAMES = ['siti', 'budi', 'wati'];

/** A register and whatever is asked of it; a refusal leaves nothing. */
const life = () => {
  const state = registerStream.initial();
  const log: Recorded[] = [];
  const members = () => state.members as Members;
  const ask = (command: { type: string }, data: object) => {
    const asked = { type: command.type, data: { cooperative: PARE, ...data } };
    const commandId = uuidOf('asked', log.length) as typeof TEST_METADATA.commandId;
    try {
      for (const event of registerStream.decide(state, asked, { ...TEST_METADATA, commandId })) {
        expect(registerStream.declaration(event.type)?.schema.parse(event.data)).toEqual(
          event.data,
        );
        const placed = recorded(event, log.length);
        registerStream.evolve(state, placed);
        log.push(placed);
      }
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
    }
  };
  registerStream.evolve(state, recorded(entered));
  return { state, log, members, ask };
};

type Act = (all: ReturnType<typeof life>) => void;

const admitting = fc.constantFrom(...NAMES).map(
  (name): Act =>
    ({ ask }) => {
      ask(AdmitMember, admission(name));
    },
);

/** Something asked of one of those who were ever admitted. */
const ofSomebody = (command: { type: string }, data: object) =>
  fc.nat(20).map(
    (pick): Act =>
      ({ ask, members }) => {
        const all = Object.keys(members().entries);
        ask(command, { ...data, member: all[pick % all.length] ?? BUDI });
      },
  );

const acts = fc.array(
  fc.oneof(
    admitting,
    ofSomebody(ConfirmMember, confirm),
    ofSomebody(ResignMember, resign),
    ofSomebody(EndMembership, end),
  ),
  { minLength: 10, maxLength: 60 },
);

describe('whatever is asked of a register', () => {
  it('numbers have no gap, and nobody is a member twice at once', () => {
    fc.assert(
      fc.property(acts, (asked) => {
        const all = life();
        for (const happens of asked) happens(all);
        const admitted = dataOf(MemberAdmitted, all.log);
        expect(admitted.map(({ number }) => number)).toEqual(admitted.map((_, at) => at + 1));
        const standing = Object.values(all.members().entries)
          .filter(({ status }) => status !== 'KELUAR')
          .map(({ person }) => person);
        expect(new Set(standing).size).toBe(standing.length);
        expect(Object.keys(all.members().current).sort()).toEqual(standing.sort());
        expect(JSON.parse(JSON.stringify(all.state))).toEqual(all.state);
      }),
      { numRuns: 100 },
    );
  });
});
