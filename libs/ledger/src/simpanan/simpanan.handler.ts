import {
  type Collection,
  type CollectWajib,
  type DepositSimpanan,
  type Receipt,
  SimpananApi,
  type WithdrawSimpanan,
} from '#lumbung/contracts';
import { type Call, dataOf, sum } from '#lumbung/kernel';
import { answerOf, Commands } from '#lumbung/runtime';
import { at, Face, Permission } from '#lumbung/transport';
import { bookStream } from '../book/book.stream.js';
import { BOOK_OF } from '../book/chart.policy.js';
import { voucherOf, vouchersIn } from '../book/posting.policy.js';
import { SimpananDeposited } from './simpanan.events.js';

type Movement = Call<typeof DepositSimpanan> | Call<typeof WithdrawSimpanan>;

@Face(SimpananApi)
export class SimpananHandler implements SimpananApi {
  constructor(private readonly commands: Commands) {}

  @Permission('simpanan.deposit', at('cooperative'))
  deposit(call: Call<typeof DepositSimpanan>): Promise<Receipt> {
    return this.move(call);
  }

  @Permission('simpanan.withdraw', at('cooperative'))
  withdraw(call: Call<typeof WithdrawSimpanan>): Promise<Receipt> {
    return this.move(call);
  }

  @Permission('simpanan.deposit', at('cooperative'))
  async collectWajib({ command, caller }: Call<typeof CollectWajib>): Promise<Collection> {
    const keys = [command.data.cooperative, BOOK_OF.WAJIB];
    const executed = await this.commands.execute(bookStream, keys, command, caller);
    const total = sum(dataOf(SimpananDeposited, executed.events).map(({ amount }) => amount));
    return { ...answerOf(executed), vouchers: vouchersIn(executed.events), total };
  }

  private async move({ command, caller }: Movement): Promise<Receipt> {
    const { cooperative, kind, member } = command.data;
    const keys = [cooperative, BOOK_OF[kind]];
    const executed = await this.commands.execute(bookStream, keys, command, caller);
    return { ...answerOf(executed), voucher: voucherOf(executed.events), member };
  }
}
