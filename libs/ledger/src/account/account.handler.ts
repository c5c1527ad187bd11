import {
  AccountApi,
  type Answer,
  CooperativeApi,
  ensureMembership as ensure,
  type FindBalances,
  type FindPolicies,
  type OpenMemberAccount,
  type SetSimpananPolicy,
  type SimpananBalance,
  type SimpananPolicy,
} from '#lumbung/contracts';
import { sees } from '#lumbung/identity';
import type { Ask, Call } from '#lumbung/kernel';
import { answerOf, Commands, ReadModels } from '#lumbung/runtime';
import { at, atEach, Face, Permission } from '#lumbung/transport';
import { bookStream } from '../book/book.stream.js';
import { simpananBalance, simpananPolicies } from './account.projection.js';

@Face(AccountApi)
export class AccountHandler implements AccountApi {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly cooperatives: CooperativeApi,
  ) {}

  @Permission('simpanan.set-policy', at('cooperative'))
  async setPolicy({ command, caller }: Call<typeof SetSimpananPolicy>): Promise<Answer> {
    const { cooperative } = command.data;
    const registered = await this.cooperatives.find({ query: { cooperative }, caller });
    ensure(registered, 'COOPERATIVE_UNKNOWN');
    const keys = [cooperative, 'UMUM'];
    return answerOf(await this.commands.execute(bookStream, keys, command, caller));
  }

  @Permission('workflow', at('cooperative'))
  async open({ command, caller }: Call<typeof OpenMemberAccount>): Promise<Answer> {
    const { cooperative, book } = command.data;
    return answerOf(await this.commands.execute(bookStream, [cooperative, book], command, caller));
  }

  @Permission('simpanan.read', 'answer')
  async balances({ query, caller }: Ask<typeof FindBalances>): Promise<SimpananBalance[]> {
    const documents = await this.readModels.readMany(simpananBalance, query.members);
    return documents.map((document) => {
      const { cooperative, member } = document;
      const place = { scope: cooperative ?? '', member };
      return sees(caller, 'simpanan.read', place) ? document : simpananBalance.initial(member);
    });
  }

  @Permission('cooperative.read', atEach('cooperatives'))
  async policies({ query }: Ask<typeof FindPolicies>): Promise<SimpananPolicy[][]> {
    const found = await this.readModels.readMany(simpananPolicies, query.cooperatives);
    return found.map(({ policies }) => policies);
  }
}
