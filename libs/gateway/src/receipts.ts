import { Injectable } from '@nestjs/common';
import { FindMembers, MemberApi, type Receipt } from '#lumbung/contracts';
import { ask, type Context } from './caller.js';
import { Following, ifReachable } from './following.js';

/** A receipt as GraphQL shows it: without the member where his balance after it cannot be read. */
@Injectable()
export class Receipts {
  constructor(
    private readonly members: MemberApi,
    private readonly following: Following,
  ) {}

  async of(moving: Promise<Receipt>, context: Context) {
    const { position, voucher, member: id, shown } = await this.following.the(moving, context);
    if (!shown) return { position, voucher };
    const finding = this.members.find(ask(FindMembers, { members: [id] }, context));
    const [member] = (await ifReachable(finding)) ?? [];
    return { position, voucher, member };
  }
}
