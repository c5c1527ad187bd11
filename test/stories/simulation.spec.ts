import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openLogEventStore } from '#lumbung/event-store/log';
import { openVault, type Vault } from '#lumbung/identity';
import type { Recorded, Sealed } from '#lumbung/kernel';
import { nodePlatform } from '#lumbung/runtime';
import { begin, end, run, stage } from './lumbung.js';

const { newFolder, serve: serveHere } = stage();

const REGENCY = '35.71';
const LIFE = ['--regency', REGENCY, '--months', '2', '--members', '12', '--from', '2025-10-01'];
const UNTIL = '2025-11-30';

const simulate = (folder: string, ...options: string[]) =>
  run(folder, 'simulate', ...LIFE, '--folder', folder, '--json', ...options);

type Told = { type: string; data: unknown; metadata: Record<string, unknown> };

// Keyed by the folder's own secret, or the place among the streams of all.
const MACHINE = new Set(['commandHash', 'position']);

/** Reads what an event says in clear; the ids of persons are chance, their order is not. */
const opener = (vault: Vault) => {
  const persons: string[] = [];
  const nameless = (id: string) => {
    if (!persons.includes(id)) persons.push(id);
    return persons.indexOf(id);
  };
  const open = async (field: string, value: unknown): Promise<unknown> => {
    if (field === 'person') return nameless(String(value));
    if (typeof value === 'string' && value.startsWith('s1.')) {
      return vault.open(field, value as Sealed);
    }
    if (Array.isArray(value)) return Promise.all(value.map((item) => open(field, item)));
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !MACHINE.has(name));
    const opened = kept.map(async ([name, inner]) => [name, await open(name, inner)] as const);
    return Object.fromEntries(await Promise.all(opened));
  };
  return async ({ type, data, metadata }: Recorded) =>
    ({ type, ...((await open('', { data, metadata })) as object) }) as Told;
};

/** Each stream of a closed folder's log, event by event, with sealed values opened. */
const streamsOf = async (folder: string): Promise<Map<string, Told[]>> => {
  const store = await openLogEventStore({ path: join(folder, 'log'), ...nodePlatform });
  const masterKeyFile = join(folder, 'keys', 'master.key');
  const path = join(folder, 'vault');
  const vault = await openVault({ folder: path, masterKeyFile, platform: nodePlatform });
  const streams = new Map<string, { told: Told[]; open: ReturnType<typeof opener> }>();
  for await (const batch of store.readAll()) {
    for (const event of batch) {
      const stream = streams.get(event.stream) ?? { told: [], open: opener(vault) };
      streams.set(event.stream, stream);
      stream.told.push(await stream.open(event));
    }
  }
  await store.close();
  await vault.close();
  return new Map([...streams].map(([name, { told }]) => [name, told]));
};

describe('a simulated life', () => {
  let folder: string;
  let streams: Map<string, Told[]>;

  beforeAll(async () => {
    folder = await newFolder();
    expect(await simulate(folder)).toMatchObject({ code: 0 });
    streams = await streamsOf(folder);
  });

  it('has the same events in each stream whenever it is lived', async () => {
    const again = await newFolder();
    expect(await simulate(again)).toMatchObject({ code: 0 });
    const others = await streamsOf(again);
    expect([...others.keys()].sort()).toEqual([...streams.keys()].sort());
    for (const [stream, told] of streams) {
      expect({ stream, told: others.get(stream) }).toEqual({ stream, told });
    }
  });

  it('has others from another seed', async () => {
    const other = await newFolder();
    expect(await simulate(other, '--seed', '2')).toMatchObject({ code: 0 });
    const others = await streamsOf(other);
    const books = [...streams].filter(([stream]) => stream.startsWith('ledger-'));
    expect(books.length).toBeGreaterThan(30);
    for (const [stream, told] of books) expect(others.get(stream)).not.toEqual(told);
  });

  it('is marked in every event as made up, and none is recorded after its last day', () => {
    const all = [...streams.values()].flat();
    expect(all.length).toBeGreaterThan(1_000);
    for (const { metadata } of all) {
      expect(metadata).toMatchObject({ simulated: true, regency: REGENCY });
      const businessDate = String(metadata.businessDate);
      expect(businessDate >= '2025-10-01' && businessDate <= UNTIL).toBe(true);
    }
  });

  it('has books that balance and figures that agree', async () => {
    const { code, stdout } = await run(folder, 'verify', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [] });
  });

  it('is served as what it is, and every command works beside it', async () => {
    const server = await serveHere(folder);
    expect(server.said()).toContain('DATA CONTOH');
    expect(await server.ask('{ platform { demo regency } }')).toEqual({
      platform: { demo: true, regency: REGENCY },
    });
    const commands = [
      ['verify'],
      ['replay', '--as-of', '2025-10-15'],
      ['rebuild'],
      ['user', 'add', 'siti', '--role', 'kasir'],
    ];
    for (const args of commands) expect(await run(folder, ...args)).toMatchObject({ code: 0 });
    await end(server);
  });

  it('is lived once in a folder, and never in one of real data or that is in use', async () => {
    const again = await simulate(folder);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('SIMULATION_ALREADY_RAN');
    const real = await newFolder();
    const server = await serveHere(real, ['--empty', '--regency', REGENCY]);
    const beside = await simulate(real);
    expect(beside.code).toBe(1);
    expect(beside.stderr).toContain('FOLDER_IN_USE');
    await end(server);
    const after = await simulate(real);
    expect(after.code).toBe(1);
    expect(after.stderr).toContain('FOLDER_IS_OF_ANOTHER_KIND');
  });

  it.each([
    ['a regency that is none', ['--regency', '99.99'], 'REGENCY_UNKNOWN'],
    ['a day before there were any', ['--from', '2024-12-31'], 'SIMULATION_TOO_EARLY'],
    ['a life yet to come', ['--from', '2999-01-01'], 'SIMULATION_TOO_LATE'],
    ['no months', ['--months', '0'], '1 sampai 120'],
    ['half a member', ['--members', '1.5'], '1 sampai 2000'],
  ])('is refused for %s, and no folder is made', async (_, options, told) => {
    const none = await newFolder();
    const { code, stderr } = await simulate(none, ...options);
    expect(code).toBe(1);
    expect(stderr).toContain(told);
    expect(await run(none, 'verify')).toMatchObject({ code: 1 });
  });
});

/** Resolves when somebody has begun to write a log in the folder. */
const begun = async (folder: string): Promise<void> => {
  if (existsSync(join(folder, 'log'))) return;
  await setTimeout(10);
  await begun(folder);
};

describe('the demo', () => {
  it('that was broken off is not shown as if it were whole', async () => {
    const folder = await newFolder();
    const first = begin(folder, 'serve', '--demo', '--regency', REGENCY, '--port', '0');
    await begun(`${folder}-demo`);
    await end(first, 'SIGKILL');
    const second = await run(folder, 'serve', '--demo', '--port', '0');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('SIMULATION_UNFINISHED');
  });
});
