import {
  AccountApi,
  type AskStatus,
  AuditApi,
  type AuditStatus,
  BookApi,
  ProgressApi,
  type Replayed,
  type Replay as ReplayQuery,
  TotalsApi,
  type Verified,
  type Verify,
} from '#lumbung/contracts';
import type { Ask } from '#lumbung/kernel';
import { Engine } from '#lumbung/runtime';
import { Face, Permission, regencyWide } from '#lumbung/transport';
import { LogReader } from './log-reader.js';
import type { ReplayPlace } from './replay-thread.js';
import { replayed } from './replaying.js';
import { verification } from './verification.js';

@Face(AuditApi)
export class AuditHandler implements AuditApi {
  private reader: LogReader | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly accounts: AccountApi,
    private readonly books: BookApi,
    private readonly totals: TotalsApi,
    private readonly progress: ProgressApi,
  ) {}

  @Permission('audit.read', regencyWide)
  async replay({ query }: Ask<typeof ReplayQuery>): Promise<Replayed> {
    const reader = this.newReader();
    const onPlace = (place: ReplayPlace) => reader.reached(place);
    return replayed({ store: this.engine.store, reader, wanted: query, onPlace });
  }

  @Permission('audit.read', regencyWide)
  verify({ caller }: Ask<typeof Verify>): Promise<Verified> {
    const { accounts, books, totals, progress } = this;
    const { store } = this.engine;
    const means = { store, reader: this.newReader(), accounts, books, totals, progress };
    return verification(means, caller);
  }

  @Permission('audit.read', regencyWide)
  async status(_: Ask<typeof AskStatus>): Promise<AuditStatus> {
    const head = await this.engine.store.head();
    const { events = 0, position } = this.reader ?? {};
    return {
      events,
      position: position === undefined ? null : String(position),
      head: head === undefined ? null : String(head),
    };
  }

  private newReader(): LogReader {
    this.reader = new LogReader(this.engine.store, this.engine.timers);
    return this.reader;
  }
}
