import { randomUUID } from 'node:crypto';
import { Packr } from 'msgpackr';
import type { NewEvent } from '#lumbung/event-store';
import type { Seen } from './peer.js';

/** One event in a hundred is of this type. */
export const RARE = 'bench.Closed';

const member = randomUUID();
const metadata = {
  ...{ commandId: randomUUID(), issuedAt: '2026-01-31T02:00:00.000Z', actor: 'pengurus' },
} as unknown as NewEvent['metadata'];

/** About 300 bytes as JSON, as a deposit has them. */
export const anEvent = (voucher: number): NewEvent => ({
  id: randomUUID(),
  type: voucher % 100 === 0 ? RARE : 'bench.Deposited',
  version: 1,
  data: {
    ...{ member, kind: 'WAJIB', month: '2026-01', amount: 20_000 },
    posting: {
      ...{ book: 'UMUM', date: '2026-01-31', voucher },
      lines: [
        { account: '1101', debit: 20_000 },
        { account: '3102', credit: 20_000, member },
      ],
    },
  },
  metadata,
});

/** Looks at what each event carries, so that whoever decodes late decodes now. */
export const look = (events: readonly Seen[]): number => {
  for (const { data, metadata: about } of events) {
    if (!data || !about) throw new Error('an event has lost what it carries');
  }
  return events.length;
};

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Names are the same for every million events, a hundred to a stream. */
export const streamName = (number: number): string => `bench-${number}`;

const PAYLOADS = 20_000;

/** The payloads of events as the log keeps them, side by side in memory, and how to decode them. */
export const payloads = () => {
  const packr = new Packr({ maxSharedStructures: 4_000, structures: [] });
  const parts = Array.from({ length: PAYLOADS }, (_, n) => {
    const event = anEvent(n);
    return [Buffer.from(packr.pack(event.data)), Buffer.from(packr.pack(event.metadata))];
  }).flat();
  const bytes = Buffer.concat(parts);
  const decode = (): number => {
    let start = 0;
    for (const { length } of parts) {
      const end = start + length;
      if (packr.unpack(bytes, { start, end } as never) === undefined) throw new Error('no value');
      start = end;
    }
    return PAYLOADS;
  };
  return { decode, eventBytes: bytes.length / PAYLOADS };
};
