import { Args, Context as Ctx, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type Answer,
  BookApi,
  CloseMonth,
  FindBooks,
  type Journal,
  ListJournals,
  OpenUsp,
} from '#lumbung/contracts';
import { Permission } from '#lumbung/transport';
import { ask, type Context, call } from '../caller.js';
import { connection } from '../connection.js';
import { Following, ifReachable } from '../following.js';
import type { CloseMonthInput, CooperativeJournalArgs, OpenUspInput } from '../generated/schema.js';
import type { CooperativeNode } from '../reporting/totals.resolver.js';

const journalNode = ({ lines, ...journal }: Journal) => ({
  ...journal,
  lines: lines.map(({ account: code, accountName: name, debit, credit }) => ({
    account: { code, name },
    debit,
    credit,
  })),
});

@Resolver('Cooperative')
export class BookResolver {
  constructor(
    private readonly api: BookApi,
    private readonly following: Following,
  ) {}

  @Permission('journal.read')
  @ResolveField()
  async journal(
    @Parent() { code: cooperative }: CooperativeNode,
    @Args() args: CooperativeJournalArgs,
    @Ctx() context: Context,
  ) {
    const asked = ask(ListJournals, { cooperative, ...args }, context);
    return connection(await this.api.journals(asked), journalNode);
  }

  @Permission('journal.read')
  @ResolveField()
  books(@Parent() { code: cooperative }: CooperativeNode, @Ctx() context: Context) {
    return this.api.books(ask(FindBooks, { cooperative }, context));
  }

  @Permission('book.open-usp')
  @Mutation()
  openUsp(@Args('input') input: OpenUspInput, @Ctx() context: Context) {
    const opening = this.api.openUsp(call(OpenUsp, input, context));
    return this.changed(opening, { ...input, book: 'USP' }, context);
  }

  @Permission('book.close-month')
  @Mutation()
  closeMonth(@Args('input') input: CloseMonthInput, @Ctx() context: Context) {
    const closing = this.api.closeMonth(call(CloseMonth, input, context));
    return this.changed(closing, input, context);
  }

  private async changed(
    changing: Promise<Answer>,
    { cooperative, book: name }: Pick<CloseMonthInput, 'cooperative' | 'book'>,
    context: Context,
  ) {
    const { position, shown } = await this.following.the(changing, context);
    if (!shown) return { position };
    const books = await ifReachable(this.api.books(ask(FindBooks, { cooperative }, context)));
    return { position, book: books?.find(({ book }) => book === name) };
  }
}
