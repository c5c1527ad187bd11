import {
  type Admission,
  type AdmitMember,
  type Answer,
  type ConfirmMember,
  type EndMembership,
  ensureMembership as ensure,
  type FindMembers,
  type Held,
  type ListMembers,
  type LookUpMembers,
  type Member,
  MemberApi,
  type Page,
  RegionApi,
  type ResignMember,
} from '#lumbung/contracts';
import { sees, Vault } from '#lumbung/identity';
import {
  type Ask,
  businessDate,
  type Call,
  type Caller,
  type CooperativeCode,
  dataOf,
  type Nik,
} from '#lumbung/kernel';
import { answerOf, Commands, ReadModels } from '#lumbung/runtime';
import { at, Face, Permission } from '#lumbung/transport';
import { cooperatives } from '../cooperative/cooperative.projection.js';
import { registerStream } from '../cooperative/register.stream.js';
import { MemberAdmitted } from './member.events.js';
import { type MemberDocument, memberDocuments } from './member.projection.js';

// Nobody has left one cooperative and come back so often.
const MEMBERSHIPS = 100;

/** What is shown of a name to whoever may not read it. */
const MASK = '••••••';

const placeOf = ({ cooperative, id }: MemberDocument) => ({ scope: cooperative, member: id });

type MemberCall =
  | Call<typeof ConfirmMember>
  | Call<typeof ResignMember>
  | Call<typeof EndMembership>;

@Face(MemberApi)
export class MemberHandler implements MemberApi {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly regions: RegionApi,
    private readonly vault: Vault,
  ) {}

  @Permission('member.admit', at('cooperative'))
  async admit({ command, caller }: Call<typeof AdmitMember>): Promise<Admission> {
    const { cooperative, ktpVillage, birthDate } = command.data;
    await this.regions.place({ query: { village: ktpVillage }, caller });
    const today = businessDate(command.issuedAt, this.commands.deployment.zone);
    ensure(birthDate <= today, 'BORN_IN_FUTURE');
    const keys = [cooperative];
    const executed = await this.commands.execute(registerStream, keys, command, caller);
    const [admitted] = dataOf(MemberAdmitted, executed.events);
    if (!admitted) throw new TypeError('AdmitMember admitted nobody');
    const { member, number, warnings } = admitted;
    return { ...answerOf(executed), member, number, warnings };
  }

  @Permission('member.resign', at('cooperative'))
  resign(call: Call<typeof ResignMember>): Promise<Answer> {
    return this.inRegister(call);
  }

  @Permission('workflow', at('cooperative'))
  confirm(call: Call<typeof ConfirmMember>): Promise<Answer> {
    return this.inRegister(call);
  }

  @Permission('workflow', at('cooperative'))
  end(call: Call<typeof EndMembership>): Promise<Answer> {
    return this.inRegister(call);
  }

  @Permission('member.read', 'answer')
  async find({ query, caller }: Ask<typeof FindMembers>): Promise<(Member | null)[]> {
    const documents = await this.readModels.findMany(memberDocuments, query.members);
    const shown = async (document: MemberDocument | undefined) =>
      document && sees(caller, 'member.read', placeOf(document))
        ? this.shown(document, caller)
        : null;
    return Promise.all(documents.map(shown));
  }

  @Permission('member.read', at('cooperative'))
  async list({ query, caller }: Ask<typeof ListMembers>): Promise<Page<Member>> {
    const { cooperative, first, after } = query;
    const { admitted } = await this.readModels.read(cooperatives, cooperative);
    const listed = await this.readModels.page(memberDocuments, {
      index: 'number',
      equals: { cooperative },
      limit: first,
      after,
    });
    const nodes = await Promise.all(listed.nodes.map((document) => this.shown(document, caller)));
    return { ...listed, nodes, totalCount: admitted };
  }

  /** Finds persons, and makes none: whoever was only asked about leaves no trace. */
  @Permission('member.admit', at('cooperative'))
  lookUp({ query }: Ask<typeof LookUpMembers>): Promise<(Held | null)[]> {
    const { cooperative, niks } = query;
    return Promise.all(niks.map((nik) => this.heldBy(nik, cooperative)));
  }

  private async heldBy(nik: Nik, cooperative: CooperativeCode): Promise<Held | null> {
    const person = await this.vault.find(nik);
    if (!person) return null;
    const entries = await this.readModels.query(memberDocuments, {
      index: 'person',
      equals: { cooperative, person },
      limit: MEMBERSHIPS,
    });
    const held = entries.find(({ document }) => document.status !== 'KELUAR');
    return held ? { member: held.document.id, number: held.document.number } : null;
  }

  private async inRegister({ command, caller }: MemberCall): Promise<Answer> {
    const keys = [command.data.cooperative];
    return answerOf(await this.commands.execute(registerStream, keys, command, caller));
  }

  /** His name is opened only for whoever may read it. */
  private async shown(document: MemberDocument, caller: Caller): Promise<Member> {
    const { person: _, name, ...others } = document;
    if (!sees(caller, 'member.read', placeOf(document), 'name')) return { ...others, name: MASK };
    return { ...others, name: (await this.vault.open('name', name)) ?? null };
  }
}
