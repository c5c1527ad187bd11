import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { describeWithNats } from '../faults/processes.js';
import { type Server, stage } from '../stories/lumbung.js';
import { PARE } from '../stories/villagers.js';
import { type Collector, startCollector } from './collector.js';

const { newFolder, serve, serveServices } = stage();

const LOOK_MS = 100;
const OPS = { LUMBUNG_OPS: '127.0.0.1:0', LUMBUNG_LOG: 'info' };
const AMOUNTS = { pokok: 100_000, wajib: 20_000, pokokInParts: false };

type Line = { traceId?: string; msg?: string; address?: string };

/** The lines of its log that a process has written by now. */
const linesOf = (server: Server): Line[] =>
  server
    .said()
    .split('\n')
    .flatMap((line) => /\{.*\}$/.exec(line) ?? [])
    .map((line) => JSON.parse(line) as Line);

const opsOf = (server: Server): string =>
  String(linesOf(server).find(({ msg }) => msg === 'shows its figures')?.address);

const figuresAt = async (address: string): Promise<string[]> =>
  (await (await fetch(`${address}/metrics`)).text()).split('\n');

const figure = (lines: readonly string[], start: string): string[] =>
  lines.filter((line) => line.startsWith(start));

const setPolicy = (server: Server) =>
  server.send('setSimpananPolicy', { cooperative: PARE, from: '2025-01', ...AMOUNTS });

const depositOfNobody = (server: Server) => {
  const money = { kind: 'POKOK', amount: 100_000, date: '2026-01-05', channel: 'KAS' };
  return server.send('depositSimpanan', { cooperative: PARE, member: randomUUID(), ...money });
};

describe('one process', () => {
  let collector: Collector;
  let server: Server;

  beforeAll(async () => {
    collector = await startCollector();
    server = await serve(await newFolder(), [], {
      ...{ ...OPS, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    await setPolicy(server);
  });
  afterAll(() => collector.close());

  it('counts commands and calls by how they ended', async () => {
    await expect(depositOfNobody(server)).rejects.toThrow('NO_SUCH_MEMBER');
    const lines = await figuresAt(opsOf(server));
    const counted = (command: string, outcome: string) =>
      `lumbung_commands_total{service="ledger",command="${command}",outcome="${outcome}"} 1`;
    expect(lines).toContain(counted('SetSimpananPolicy', 'accepted'));
    expect(lines).toContain(counted('DepositSimpanan', 'refused'));
    expect(lines).toContain('lumbung_calls_total{face="ledger.simpanan",outcome="refused"} 1');
    expect(lines).toContain('lumbung_projections_parked{projection="simpanan-balance"} 0');
    const age = 'lumbung_projection_position_age_seconds{projection="simpanan-balance"}';
    expect(figure(lines, age)).toHaveLength(1);
  });

  it.each([
    'lumbung_graphql_seconds_bucket',
    'lumbung_call_seconds_bucket',
    'lumbung_command_seconds_bucket',
    'lumbung_append_seconds_bucket',
  ])('leads from %s to a trace that the collector has', async (name) => {
    const lines = figure(await figuresAt(opsOf(server)), name);
    const traced = lines.flatMap((line) => /# \{trace_id="([\da-f]{32})"\}/.exec(line)?.[1] ?? []);
    expect(traced.length).toBeGreaterThan(0);
    const one = traced[0];
    expect(await collector.traceWith(({ traceId }) => traceId === one)).not.toEqual([]);
  });

  it('names operations by what they ask for, and not as their sender does', async () => {
    for (const name of ['Satu', 'Dua', 'Tiga']) {
      await server.ask(`query ${name} { platform { regency } }`);
    }
    const lines = figure(await figuresAt(opsOf(server)), 'lumbung_graphql_seconds_count');
    expect(lines).toContain('lumbung_graphql_seconds_count{operation="platform"} 3');
    expect(lines.join()).not.toMatch(/Satu|Dua|Tiga/);
  });

  it('says in its log to which trace a request belongs', async () => {
    const asked = linesOf(server).filter(({ msg }) => msg === 'incoming request');
    const ids = asked.map(({ traceId }) => traceId);
    expect(ids.length).toBeGreaterThan(0);
    await collector.traceWith(({ traceId }) => traceId === ids.at(-1));
    const known = new Set(collector.spans.map(({ traceId }) => traceId));
    for (const id of ids) expect(known).toContain(id);
  });
});

describeWithNats('services apart', () => {
  let server: Server;

  const opsOfService = (name: string): string =>
    String(new RegExp(`${name} diawasi di (http:\\S+)`).exec(server.said())?.[1]);

  const ready = async (name: string) => {
    const answer = await fetch(`${opsOfService(name)}/health/ready`);
    return { status: answer.status, body: await answer.json() };
  };

  const until = async (status: number) => {
    for (;;) {
      const answer = await ready('ledger');
      if (answer.status === status) return answer.body;
      await setTimeout(LOOK_MS);
    }
  };

  /** The broker, as the one that starts it told. */
  const broker = () => Number(/nats.* sebagai proses (\d+)/.exec(server.said())?.[1]);

  beforeAll(async () => {
    server = await serveServices(await newFolder(), OPS);
  });

  it('show their figures each at an address of its own, without traces too', async () => {
    await setPolicy(server);
    const lines = await figuresAt(opsOfService('ledger'));
    const counted = 'service="ledger",command="SetSimpananPolicy",outcome="accepted"';
    expect(lines).toContain(`lumbung_commands_total{${counted}} 1`);
    const asked = figure(await figuresAt(opsOf(server)), 'lumbung_graphql_seconds_count');
    expect(asked.join()).toContain('setSimpananPolicy');
    expect(opsOfService('ledger')).not.toBe(opsOfService('membership'));
  });

  it('say how far the feed is told and carried, and what waits', async () => {
    const published = async () => {
      const [line = ''] = figure(await figuresAt(opsOfService('reporting')), 'lumbung_feed_pub');
      return Number(line.split(' ')[1]);
    };
    while ((await published()) < 344) await setTimeout(LOOK_MS);
    const waiting = figure(await figuresAt(opsOfService('membership')), 'lumbung_feed_parked');
    expect(waiting).toContain('lumbung_feed_parked_keys{consumer="member-accounts"} 0');
  });

  it('are ready when they have caught up, and not while the broker does not answer', async () => {
    for (const name of ['membership', 'ledger', 'reporting']) {
      expect(await ready(name)).toEqual({ status: 200, body: { status: 'ok' } });
    }
    process.kill(broker(), 'SIGSTOP');
    const cutOff = await until(503).finally(() => process.kill(broker(), 'SIGCONT'));
    expect(cutOff).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await until(200)).toEqual({ status: 'ok' });
    expect(server.said()).not.toContain('    at ');
  });
});
