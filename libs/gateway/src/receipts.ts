import { Injectable } from '@nestjs/common';
import { FindMembers, MemberApi, type Receipt } from '#lumbung/contracts';
import { ask, type Context } from './caller.js';
import { Following } from './following.js';

/** A receipt as GraphQL shows it, when the balance after it can be read. */
@Injectable()
export class Receipts {
  constructor(
    private readonly members: MemberApi,
    private readonly following: Following,
  ) {}

  async of(moving: Promise<Receipt>, context: Context) {
    const { position, voucher, member: id } = await this.following.the(moving, context);
    const [member] = await this.members.find(ask(FindMembers, { members: [id] }, context));
    return { position, voucher, member };
  }
}
