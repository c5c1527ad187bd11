import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { NatsConnection } from '@nats-io/transport-node';
import { openEventStoreDb } from '#lumbung/event-store/eventstoredb';
import { FEED_START, FeedEntry, type FeedPlace, follows } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { connectNats, jetStreamLine } from '#lumbung/transport/nats';
import { describeWithNats } from '../faults/processes.js';
import { type Server, stage } from './lumbung.js';
import { nameOf, nikOf, PARE } from './villagers.js';

const KEDIRI = '35.06';
const BLITAR = '35.05';
const WAITS_MS = 30_000;
const ADMITTED = 'membership.CandidateAdmitted';

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

const { newFolder, serveServices } = stage();

const scriptOf = (app: string) =>
  fileURLToPath(new URL(`../../dist/apps/${app}/src/main.js`, import.meta.url));

/** Asks until it is as it should be, or for half a minute. */
const until = async <T>(ask: () => Promise<T>, is: (answer: T) => boolean): Promise<T> => {
  const end_ms = performance.now() + WAITS_MS;
  for (;;) {
    const answer = await ask();
    if (is(answer) || performance.now() > end_ms) return answer;
    await setTimeout(100);
  }
};

/** Those of one cooperative are kept in order, those of several beside each other. */
const byKey = (entries: readonly FeedEntry[]): Map<string, FeedEntry[]> => {
  const groups = new Map<string, FeedEntry[]>();
  for (const entry of entries) {
    const key = entry.event.cooperative ?? entry.regency;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
};

describeWithNats('the feed of a regency', () => {
  let folder: string;
  let server: Server;
  let connection: NatsConnection;
  const children: { kill(): void; ended: Promise<unknown> }[] = [];

  const lastTold = (pattern: RegExp) => [...server.said().matchAll(pattern)].at(-1)?.[1] ?? '';
  const natsUrl = () => lastTold(/(nats:\/\/[\d.:]+)/g);

  /** What the broker holds of the feed, and under which name. */
  const held = async () => {
    const line = jetStreamLine({ connection, regency: KEDIRI });
    const latest = await line.latest().catch(() => undefined);
    const entries: FeedEntry[] = [];
    for (let sequence = 1; latest && sequence <= latest.last; sequence++) {
      entries.push(FeedEntry.parse(await line.entry(latest, sequence)));
    }
    return { name: latest?.name, entries };
  };

  const typesOf = (entries: readonly FeedEntry[]) => entries.map(({ event }) => event.type);

  let admitted = 0;

  /** Admits a villager, asking again while nobody can answer. */
  const admit = async () => {
    const index = admitted++;
    const input = {
      ...{ cooperative: PARE, commandId: randomUUID(), issuedAt: new Date().toISOString() },
      ...{ nik: nikOf(index), name: nameOf(index), sex: 'L', address: 'Dusun Krajan RT 1' },
      birthDate: `1985-01-${String(1 + index).padStart(2, '0')}`,
      ktpVillage: PARE,
      joinedOn: today,
    };
    const sent = await until(
      () =>
        server.send('admitMember', input).then(
          () => 'recorded',
          (error: Error) => error.message,
        ),
      (answer) => answer !== 'SERVICE_UNAVAILABLE',
    );
    expect(sent).toBe('recorded');
  };

  const started = (app: string, environment: Record<string, string>, ready: RegExp) => {
    const args = [scriptOf(app), ...(app === 'eventstore' ? ['--memory', '--port', '0'] : [])];
    const env = { ...process.env, LUMBUNG_LOG: 'error', ...environment };
    const child = spawn(process.execPath, args, { env });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    children.push({ kill: () => child.kill('SIGTERM'), ended });
    return new Promise<string>((resolve, reject) => {
      let said = '';
      const hear = (text: Buffer) => {
        said += text;
        const [told] = ready.exec(said) ?? [];
        if (told) resolve(told);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      ended.then(() => reject(new Error(`${app} ended: ${said}`)), reject);
    });
  };

  beforeAll(async () => {
    folder = await newFolder();
    server = await serveServices(folder);
    connection = await connectNats({ url: natsUrl(), name: 'test' });
  });

  afterAll(async () => {
    await connection?.close();
    for (const { kill, ended } of children.reverse()) {
      kill();
      await ended;
    }
  });

  it('tells all that is public, numbered and chained, and nobody’s name', async () => {
    await admit();
    const { entries } = await until(held, ({ entries }) => typesOf(entries).includes(ADMITTED));
    let place: FeedPlace = FEED_START;
    for (const entry of entries) {
      expect([entry.sequence, follows(entry, place)]).toEqual([place.sequence + 1, true]);
      place = entry;
    }
    const registered = typesOf(entries).filter((type) => type.endsWith('CooperativeRegistered'));
    expect(registered).toHaveLength(344);
    for (const word of ['pengurus', nameOf(0), nikOf(0)]) {
      expect(JSON.stringify(entries)).not.toContain(word);
    }
  });

  it('is told from its start again by a broker that lost its disk', async () => {
    const before = await held();
    const pid = Number(lastTold(/nats.* sebagai proses (\d+)/g));
    process.kill(pid, 'SIGKILL');
    await rm(join(folder, 'nats'), { recursive: true, force: true });
    await admit();
    const length = before.entries.length;
    const after = await until(held, ({ entries }) => entries.length > length);
    expect(after.name).not.toBe(before.name);
    expect(after.entries.slice(0, length)).toEqual(before.entries);
  });

  it('is kept whole by another regency that follows it, also after that was away', async () => {
    const store = await started('eventstore', {}, /esdb:\S+/);
    const environment = {
      ...{ LUMBUNG_REGENCY: BLITAR, LUMBUNG_FOLLOWS: KEDIRI, LUMBUNG_DATA: `${folder}-other` },
      ...{ EVENTSTORE_URL: store, NATS_URL: natsUrl() },
    };
    await started('membership', environment, /membership siap/);
    await started('reporting', environment, /reporting siap/);
    const log = await openEventStoreDb({ url: store, ...nodePlatform });
    const kept = async () => {
      const entries: FeedEntry[] = [];
      for await (const events of log.readStream(`origin-${KEDIRI}`)) {
        entries.push(...events.map(({ data }) => data as FeedEntry));
      }
      return entries;
    };
    try {
      const told = (await held()).entries;
      expect(byKey(await until(kept, ({ length }) => length >= told.length))).toEqual(byKey(told));
      const reporting = children.pop();
      reporting?.kill();
      await reporting?.ended;
      await admit();
      await started('reporting', environment, /reporting siap/);
      const all = await until(held, ({ entries }) => entries.length > told.length);
      const those = await until(kept, ({ length }) => length >= all.entries.length);
      expect(byKey(those)).toEqual(byKey(all.entries));
    } finally {
      await log.close();
    }
  }, 120_000);
});
