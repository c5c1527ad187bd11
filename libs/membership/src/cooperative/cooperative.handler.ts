import {
  type Answer,
  type Cooperative,
  CooperativeApi,
  ensureMembership as ensure,
  type FindCooperative,
  RegionApi,
  type RegisterCooperative,
} from '#lumbung/contracts';
import { type Ask, type Call, regencyOf } from '#lumbung/kernel';
import { answerOf, Commands, ReadModels } from '#lumbung/runtime';
import { at, Face, Permission } from '#lumbung/transport';
import { cooperatives } from './cooperative.projection.js';
import { registerStream } from './register.stream.js';

@Face(CooperativeApi)
export class CooperativeHandler implements CooperativeApi {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly regions: RegionApi,
  ) {}

  @Permission('cooperative.register', at('cooperative'))
  async register({ command, caller }: Call<typeof RegisterCooperative>): Promise<Answer> {
    const { cooperative } = command.data;
    const isOurs = regencyOf(cooperative) === this.commands.deployment.regency;
    ensure(isOurs, 'VILLAGE_OUTSIDE_REGENCY');
    await this.regions.place({ query: { village: cooperative }, caller });
    return answerOf(await this.commands.execute(registerStream, [cooperative], command, caller));
  }

  @Permission('cooperative.read', at('cooperative'))
  async find({ query }: Ask<typeof FindCooperative>): Promise<Cooperative | null> {
    return (await this.readModels.find(cooperatives, query.cooperative)) ?? null;
  }
}
