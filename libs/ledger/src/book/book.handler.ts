import {
  type Answer,
  type Book,
  BookApi,
  BookName,
  type CloseMonth,
  CooperativeApi,
  ensureMembership as ensure,
  type FindBooks,
  type Journal,
  type ListJournals,
  type OpenUsp,
  type Page,
} from '#lumbung/contracts';
import { type Ask, type Call, ZERO } from '#lumbung/kernel';
import { answerOf, Commands, ReadModels } from '#lumbung/runtime';
import { at, Face, Permission } from '#lumbung/transport';
import { bookKey, books } from './book.projection.js';
import { bookStream } from './book.stream.js';
import { ACCOUNTS } from './chart.policy.js';
import { type JournalDocument, journals } from './journal.projection.js';

const shown = ({ lines, sequence: _, ...journal }: JournalDocument): Journal => ({
  ...journal,
  lines: lines.map(({ account, debit = ZERO, credit = ZERO }) => ({
    account,
    accountName: ACCOUNTS.get(account)?.name ?? account,
    debit,
    credit,
  })),
});

@Face(BookApi)
export class BookHandler implements BookApi {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly cooperatives: CooperativeApi,
  ) {}

  @Permission('book.close-month', at('cooperative'))
  async closeMonth({ command, caller }: Call<typeof CloseMonth>): Promise<Answer> {
    const { cooperative, book } = command.data;
    return answerOf(await this.commands.execute(bookStream, [cooperative, book], command, caller));
  }

  @Permission('book.open-usp', at('cooperative'))
  async openUsp({ command, caller }: Call<typeof OpenUsp>): Promise<Answer> {
    const { cooperative } = command.data;
    const registered = await this.cooperatives.find({ query: { cooperative }, caller });
    ensure(registered, 'COOPERATIVE_UNKNOWN');
    const keys = [cooperative, 'USP'];
    return answerOf(await this.commands.execute(bookStream, keys, command, caller));
  }

  @Permission('journal.read', at('cooperative'))
  async journals({ query }: Ask<typeof ListJournals>): Promise<Page<Journal>> {
    const { cooperative, book, first, after } = query;
    const { journalCount } = await this.readModels.read(books, bookKey(cooperative, book));
    const listed = await this.readModels.page(journals, {
      index: 'book',
      equals: { cooperative, book },
      limit: first,
      after,
      reverse: true,
    });
    return { ...listed, nodes: listed.nodes.map(shown), totalCount: journalCount };
  }

  @Permission('journal.read', at('cooperative'))
  async books({ query: { cooperative } }: Ask<typeof FindBooks>): Promise<Book[]> {
    const keys = BookName.options.map((book) => bookKey(cooperative, book));
    const documents = await this.readModels.readMany(books, keys);
    return documents.map(({ balances: _, ...book }) => book);
  }
}
