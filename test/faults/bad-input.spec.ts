import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { type EventStore, WrongExpectedRevision } from '#lumbung/event-store';
import { openEventStoreDb } from '#lumbung/event-store/eventstoredb';
import { instant, uuidOf } from '#lumbung/kernel';
import { TEST_METADATA } from '#lumbung/kernel/testing';
import { nodePlatform } from '#lumbung/runtime';
import { describeWithNats, type Environment, type Running, stage } from './processes.js';

const SECRET = 'rahasia-sekali';
const NOBODY = '127.0.0.1:1';
// Fifteen seconds, and what a busy machine takes to start four programs at once.
const LONGEST_MS = 20_000;
const PARE = '35.06.17.1009';
const USERS = 'lumbung.3506.identity.user.find';

const { start, silence, broker } = stage();

const storeProcess = (environment: Environment) =>
  start('eventstore', ['--memory', '--port', '0'], environment).says(/esdb:\S+/);

const told = (url: string) => url.replace('//', `//kediri:${SECRET}@`);

describeWithNats('a process that is told what cannot be', () => {
  type Servers = Record<'nats' | 'locked' | 'store' | 'spare' | 'lockedStore' | 'silent', string>;
  let servers: Servers;

  beforeAll(async () => {
    const credentials = { EVENTSTORE_USER: 'kediri', EVENTSTORE_PASSWORD: 'yang-benar' };
    servers = {
      nats: (await broker()).url,
      locked: (await broker('--user', 'kediri', '--pass', 'yang-benar')).url,
      store: await storeProcess({}),
      spare: await storeProcess({}),
      lockedStore: await storeProcess(credentials),
      silent: `127.0.0.1:${await silence()}`,
    };
  });

  type Told = (given: typeof servers) => Environment;
  type Case = [why: string, told: Told, code: string];

  const refused = async (app: string, settings: Told, code: string) => {
    const { nats, store } = servers;
    const environment = { NATS_URL: nats, EVENTSTORE_URL: store, ...settings(servers) };
    const ended = await start(app, [], environment).ended;
    expect(ended.said).toMatch(new RegExp(`^[^\\n]+\\[${code}\\]\\n$`));
    expect(ended.code).toBe(1);
    expect(ended.said).not.toContain(SECRET);
    expect(ended.took_ms).toBeLessThan(LONGEST_MS);
    // One of the settings that it was told is named.
    expect(Object.keys(settings(servers)).some((name) => ended.said.includes(name))).toBe(true);
  };

  const NATS: Case[] = [
    ['NATS where nobody is', () => ({ NATS_URL: told(`nats://${NOBODY}`) }), 'NATS_UNREACHABLE'],
    [
      'NATS that says nothing',
      ({ silent }) => ({ NATS_URL: told(`nats://${silent}`) }),
      'NATS_UNREACHABLE',
    ],
    ['a password that NATS refuses', ({ locked }) => ({ NATS_URL: told(locked) }), 'NATS_REFUSED'],
    ['no password where NATS asks for it', ({ locked }) => ({ NATS_URL: locked }), 'NATS_REFUSED'],
    ['an address that is none', () => ({ NATS_URL: told('nats://a:b:c') }), 'SETTINGS_INVALID'],
  ];

  const STORES: Case[] = [
    [
      'a password that EventStoreDB refuses',
      ({ lockedStore }) => ({ EVENTSTORE_URL: told(lockedStore) }),
      'EVENTSTOREDB_REFUSED',
    ],
    [
      'an address of MongoDB that is none',
      () => ({ MONGODB_URL: `mongodb://kediri:${SECRET}%@db` }),
      'SETTINGS_INVALID',
    ],
    ['a folder without a name', () => ({ LUMBUNG_DATA: '' }), 'SETTINGS_INVALID'],
  ];

  const PATIENT: Case[] = [
    [
      'EventStoreDB where nobody is',
      () => ({ EVENTSTORE_URL: told(`esdb://${NOBODY}?tls=false`) }),
      'EVENTSTOREDB_UNREACHABLE',
    ],
    [
      'EventStoreDB that says nothing',
      ({ silent }) => ({ EVENTSTORE_URL: told(`esdb://${silent}?tls=false`) }),
      'EVENTSTOREDB_UNREACHABLE',
    ],
    [
      'MongoDB where nobody is',
      () => ({ MONGODB_URL: told(`mongodb://${NOBODY}`) }),
      'MONGODB_UNREACHABLE',
    ],
    [
      'MongoDB that says nothing',
      // Two with different keys may not begin one regency together.
      ({ silent, spare }) => ({
        ...{ MONGODB_URL: told(`mongodb://${silent}`), EVENTSTORE_URL: spare },
      }),
      'MONGODB_UNREACHABLE',
    ],
  ];

  it.each([...NATS, ...STORES])('as a service refuses %s, and ends', (_, settings, code) =>
    refused('ledger', settings, code),
  );

  it.each(NATS)('as the gateway refuses %s, and ends', (_, settings, code) =>
    refused('gateway', settings, code),
  );

  it('gives up on a store that does not answer, of either kind', async () => {
    // Each of them waits for ten seconds, so all wait at the same time.
    await Promise.all(PATIENT.map(([, settings, code]) => refused('membership', settings, code)));
  });

  it('does not serve one regency from the log of another', async () => {
    const given = { NATS_URL: servers.nats, EVENTSTORE_URL: servers.store };
    const first = start('membership', [], given);
    await first.says(/siap/);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    const other = await start('membership', [], { ...given, LUMBUNG_REGENCY: '35.71' }).ended;
    expect(other.said).toMatch(/^[^\n]+35\.06[^\n]+\[REGENCY_DIFFERS\]\n$/);
    expect(other.code).toBe(1);
  });
});

describeWithNats('a service that hears what is no call', () => {
  let service: Running;
  let stranger: NatsConnection;
  let url: URL;
  let store: EventStore;

  beforeAll(async () => {
    const { url: nats } = await broker();
    url = new URL(nats);
    const EVENTSTORE_URL = await storeProcess({});
    service = start('membership', [], { NATS_URL: nats, EVENTSTORE_URL });
    await service.says(/siap/);
    stranger = await connect({ servers: url.host });
    store = await openEventStoreDb({ url: EVENTSTORE_URL, ...nodePlatform });
  });
  afterAll(async () => {
    await store.close();
    await stranger.close();
  });

  const caller = { user: 'system:test', role: 'system', correlationId: 'test' };
  const good = { query: { name: 'siti' }, caller };

  const sent = async (subject: string, body: string | Uint8Array, left?: string) => {
    const all = headers();
    if (left !== undefined) all.set('Lumbung-Left-Ms', left);
    const reply = await stranger.request(subject, body, { timeout: 5_000, headers: all });
    return reply.json<{ answer?: unknown; failure?: { code: string; sentence: string } }>();
  };
  const asked = (payload: unknown, left?: string) => sent(USERS, JSON.stringify({ payload }), left);

  describe('goes on when it', () => {
    afterEach(async () => {
      expect(await asked(good)).toEqual({ answer: null });
      expect(service.child.exitCode).toBeNull();
      expect(service.said()).not.toMatch(/\n\s+at |rahasia/);
    });

    it.each([
      ['nothing', '', 'INVALID_INPUT'],
      ['no JSON', `{"payload": ${SECRET}`, 'INVALID_INPUT'],
      ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0, 1), 'INVALID_INPUT'],
      ['something else than an envelope', '[7]', 'INVALID_INPUT'],
      ['a million brackets', '['.repeat(500_000) + ']'.repeat(500_000), 'INVALID_INPUT'],
      ['a call that is none', '{"payload":null}', 'INVALID_INPUT'],
      ['a prototype', '{"payload":{"__proto__":{"query":{"name":"siti"}}}}', 'INVALID_INPUT'],
    ])('is sent %s', async (_, body, code) => {
      expect(await sent(USERS, body)).toMatchObject({ failure: { code } });
    });

    it.each([
      ['nobody who calls', { query: good.query }, 'INVALID_INPUT'],
      ['a caller without a role', { ...good, caller: { user: 'siti' } }, 'INVALID_INPUT'],
      ['a role that nobody has', { ...good, caller: { ...caller, role: SECRET } }, 'NOT_PERMITTED'],
      ['a field that nobody knows', { ...good, [SECRET.replace('-', '')]: 1 }, 'INVALID_INPUT'],
      ['a command where a question is asked', { command: {}, caller }, 'INVALID_INPUT'],
    ])('is sent %s', async (_, payload, code) => {
      expect(await asked(payload)).toMatchObject({ failure: { code } });
    });

    it.each(['-1', '0'])('is asked by whoever waits no more: %s ms', async (left) => {
      expect(await asked(good, left)).toMatchObject({ failure: { code: 'DEADLINE_PASSED' } });
    });

    it('is told a time that is no number', async () => {
      expect(await asked(good, 'soon')).toEqual({ answer: null });
    });

    it('is asked by nobody who waits', async () => {
      stranger.publish(USERS, JSON.stringify({ payload: good }));
      stranger.publish(USERS, 'no JSON');
      await stranger.flush();
    });

    it.each(['lumbung.3571.identity.user.find', 'lumbung.3506.identity.user.drop', 'lumbung'])(
      'does not hear what is meant for others: %s',
      async (subject) => {
        const asking = stranger.request(subject, JSON.stringify({ payload: good }));
        await expect(asking).rejects.toThrow(/no responders/);
      },
    );

    it('does not see what is larger than the broker lets through', async () => {
      const socket = connectSocket(Number(url.port), url.hostname);
      await once(socket, 'data');
      // The broker hangs up, in the midst of it or after saying why.
      socket.on('error', () => undefined);
      const hungUp = new Promise((resolve) => socket.once('close', resolve));
      socket.write('CONNECT {"verbose":false}\r\n');
      socket.write(`PUB ${USERS} 9000000\r\n${'x'.repeat(2_000_000)}`);
      await hungUp;
    });

    it('writes nothing after an event of a later version', async () => {
      const place = {
        village: 'Pare',
        district: 'Pare',
        regency: 'Kediri',
        province: 'Jawa Timur',
      };
      const stream = `register-${PARE}`;
      const type = 'membership.CooperativeRegistered';
      const data = { cooperative: PARE, name: 'Pare', ...place };
      const event = { id: uuidOf('later', type), type, version: 99, data, metadata: TEST_METADATA };
      await store.append(stream, [event], 'none');
      const command = {
        ...{ type: 'RegisterCooperative', id: uuidOf('later', 'command'), data },
        issuedAt: instant(new Date().toISOString()),
      };
      const payload = { command, caller: { ...caller, role: 'founder' } };
      const body = JSON.stringify({ payload });
      const answer = await sent('lumbung.3506.membership.cooperative.register', body);
      expect(answer).toMatchObject({ failure: { code: 'STREAM_NEWER_THAN_CODE' } });
      await expect(
        store.append(stream, [{ ...event, id: uuidOf('a', 'b') }], 'none'),
      ).rejects.toThrow(WrongExpectedRevision);
    });
  });

  it('ends in order when it is asked to', async () => {
    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0 });
  });
});
