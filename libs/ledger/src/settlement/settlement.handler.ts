import {
  type Answer,
  type EnterOpeningSimpanan,
  type PayResigned,
  type Receipt,
  type SettleMember,
  SettlementApi,
} from '#lumbung/contracts';
import type { Call } from '#lumbung/kernel';
import { answerOf, Commands } from '#lumbung/runtime';
import { at, Face, Permission } from '#lumbung/transport';
import { bookStream } from '../book/book.stream.js';
import { voucherOf } from '../book/posting.policy.js';

@Face(SettlementApi)
export class SettlementHandler implements SettlementApi {
  constructor(private readonly commands: Commands) {}

  @Permission('simpanan.enter-opening', at('cooperative'))
  enterOpening(call: Call<typeof EnterOpeningSimpanan>): Promise<Answer> {
    return this.inBook(call);
  }

  @Permission('workflow', at('cooperative'))
  settle(call: Call<typeof SettleMember>): Promise<Answer> {
    return this.inBook(call);
  }

  @Permission('simpanan.withdraw', at('cooperative'))
  async payResigned({ command, caller }: Call<typeof PayResigned>): Promise<Receipt> {
    const { cooperative, member } = command.data;
    const keys = [cooperative, 'UMUM'];
    const executed = await this.commands.execute(bookStream, keys, command, caller);
    return { ...answerOf(executed), voucher: voucherOf(executed.events), member };
  }

  private async inBook({
    command,
    caller,
  }: Call<typeof EnterOpeningSimpanan> | Call<typeof SettleMember>): Promise<Answer> {
    const { cooperative, book } = command.data;
    return answerOf(await this.commands.execute(bookStream, [cooperative, book], command, caller));
  }
}
