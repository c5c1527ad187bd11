// The embedded event stores beside each other: durable appends and replay, interleaved in rounds.
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, constants, ftruncateSync, openSync, statfsSync, write } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EventStore, NewEvent } from '#lumbung/event-store';
import { openLmdbEventStore } from '#lumbung/event-store/lmdb';
import { openLogEventStore } from '#lumbung/event-store/log';
import { givenFolder, report, seconds } from './report.js';

const random = { bytes: randomBytes };
const ENGINES = {
  log: (path: string) => openLogEventStore({ path, random }),
  lmdb: (path: string) => openLmdbEventStore({ path, random }),
};
type Engine = keyof typeof ENGINES;

const STREAMS = 10_000;
const ROUNDS = 3;
const LOADS = [
  { writers: 1, batch: 1, events: 2_000 },
  { writers: 1, batch: 100, events: 50_000 },
  { writers: 64, batch: 1, events: 40_000 },
  { writers: 64, batch: 10, events: 100_000 },
  { writers: 1_024, batch: 1, events: 100_000 },
];
type Load = (typeof LOADS)[number];

const TMPFS = 0x01021994;
const folder = await mkdtemp(join(givenFolder ?? tmpdir(), 'lumbung-store-'));
if (statfsSync(folder).type === TMPFS)
  throw new TypeError('a disk in memory is none; --folder DIR');

const member = randomUUID();
const metadata = {
  ...{ commandId: randomUUID(), issuedAt: '2026-01-31T02:00:00.000Z', actor: 'pengurus' },
} as unknown as NewEvent['metadata'];

// About 300 bytes as JSON, as a deposit has them.
const anEvent = (voucher: number): NewEvent => ({
  id: randomUUID(),
  type: 'bench.Deposited',
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

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const append = async (store: EventStore, { writers, batch, events }: Load): Promise<number> => {
  let left = events;
  let stream = 0;
  const writing = async () => {
    while (left > 0) {
      left -= batch;
      const name = `bench-${stream++ % STREAMS}`;
      await store.append(
        name,
        Array.from({ length: batch }, (_, n) => anEvent(n)),
        'any',
      );
    }
  };
  const took_s = await seconds(() => Promise.all(Array.from({ length: writers }, writing)));
  return events / took_s;
};

const writeAt = promisify(write);

/** The same bytes flushed in the same way, with no engine around them. */
const flush = async ({ writers, batch, events }: Load, eventBytes: number): Promise<number> => {
  const bytes = Buffer.alloc(eventBytes * writers * batch, 1);
  const flags = constants.O_RDWR | constants.O_DSYNC | constants.O_CREAT;
  const fd = openSync(join(folder, 'disk'), flags, 0o600);
  ftruncateSync(fd, 64 << 20);
  const flushes = Math.ceil(events / (writers * batch));
  const took_s = await seconds(async () => {
    for (let n = 0; n < flushes; n++) {
      const at = (n * bytes.length) % ((64 << 20) - bytes.length);
      await writeAt(fd, bytes, 0, bytes.length, at);
    }
  });
  closeSync(fd);
  return events / took_s;
};

const replay = async (store: EventStore): Promise<number> => {
  let events = 0;
  const took_s = await seconds(async () => {
    for await (const batch of store.readAll()) events += batch.length;
  });
  return events / took_s;
};

const measured = [];
const opened = {} as Record<Engine, EventStore>;
for (const engine of Object.keys(ENGINES) as Engine[]) {
  opened[engine] = await ENGINES[engine](join(folder, engine));
}
for (const load of LOADS) {
  const rates: Record<Engine | 'disk', number[]> = { log: [], lmdb: [], disk: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const engine of Object.keys(ENGINES) as Engine[]) {
      rates[engine].push(await append(opened[engine], load));
    }
    rates.disk.push(await flush(load, 400));
  }
  const name = `store.append.w${load.writers}b${load.batch}`;
  const value = median(rates.log);
  const unit = 'events/s';
  measured.push({ name, value, unit, peer: 'lmdb', peerValue: median(rates.lmdb) });
  const bare = median(rates.disk);
  measured.push({ name: `${name}.disk`, value, unit, peer: 'the disk alone', peerValue: bare });
}
const replays: Record<Engine, number[]> = { log: [], lmdb: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const engine of Object.keys(ENGINES) as Engine[]) {
    replays[engine].push(await replay(opened[engine]));
  }
}
measured.push({
  name: 'store.replay',
  value: median(replays.log),
  unit: 'events/s',
  peer: 'lmdb',
  peerValue: median(replays.lmdb),
});
for (const store of Object.values(opened)) await store.close();
await rm(folder, { recursive: true });
report('store', measured, '');
