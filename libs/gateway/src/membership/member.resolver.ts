import { Args, Context as Ctx, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AdmitMember, FindMembers, ListMembers, MemberApi, ResignMember } from '#lumbung/contracts';
import type { MemberId } from '#lumbung/kernel';
import { Permission } from '#lumbung/transport';
import { ask, type Context, call } from '../caller.js';
import { connection } from '../connection.js';
import { Following, ifReachable } from '../following.js';
import type {
  AdmitMemberInput,
  CooperativeMembersArgs,
  ResignMemberInput,
} from '../generated/schema.js';
import type { CooperativeNode } from '../reporting/totals.resolver.js';

@Resolver('Cooperative')
export class MemberResolver {
  constructor(
    private readonly members: MemberApi,
    private readonly following: Following,
  ) {}

  @Permission('member.read')
  @ResolveField('members')
  async list(
    @Parent() { code: cooperative }: CooperativeNode,
    @Args() args: CooperativeMembersArgs,
    @Ctx() context: Context,
  ) {
    const asked = ask(ListMembers, { cooperative, ...args }, context);
    return connection(await this.members.list(asked), (member) => member);
  }

  @Permission('member.admit')
  @Mutation()
  async admitMember(@Args('input') input: AdmitMemberInput, @Ctx() context: Context) {
    const admitting = this.members.admit(call(AdmitMember, input, context));
    const { position, member, shown } = await this.following.the(admitting, context);
    return { position, member: shown ? await this.find(member, context) : null };
  }

  @Permission('member.resign')
  @Mutation()
  async resignMember(@Args('input') input: ResignMemberInput, @Ctx() context: Context) {
    const resigning = this.members.resign(call(ResignMember, input, context));
    const { position, shown } = await this.following.the(resigning, context);
    const member = input.member as MemberId;
    return { position, member: shown ? await this.find(member, context) : null };
  }

  private async find(member: MemberId, context: Context) {
    const finding = this.members.find(ask(FindMembers, { members: [member] }, context));
    const [found] = (await ifReachable(finding)) ?? [];
    return found;
  }
}
