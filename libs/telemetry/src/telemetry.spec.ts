import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AnySent, type Caller, Rejection, Unavailable } from '#lumbung/kernel';
import { structuredLog } from './logger.js';
import { openOperations, openTelemetry, type Telemetry } from './telemetry.js';

const CORRELATION = '0b6d9d40-5a3e-4b1c-9c5e-3f0f6c1d2e4f';
const TRACE = CORRELATION.replaceAll('-', '');
const STREAM = 'ledger-35.06.17.1009.UMUM';

const caller = { user: 'siti', role: 'kasir', correlationId: CORRELATION } as unknown as Caller;
const sent = { type: 'DepositSimpanan', id: 'an-id', data: {} } as unknown as AnySent;

// Takes what it is told, and keeps nothing.
const server = createServer((_, response) => response.end('{}'));
let collector = '';
let telemetry: Telemetry;
let now_ms = 0;

const opened = async (settings: object): Promise<Telemetry | undefined> =>
  openTelemetry({
    settings: { OTEL_TRACES_SAMPLER_ARG: 1, ...settings },
    service: 'ledger',
    faces: ['ledger.simpanan'],
    owners: { ledger: 'ledger' },
    clock: { elapsed_ms: () => now_ms },
  });

const taking = (ms: number) => async () => {
  now_ms += ms;
};

const shown = async () => (await telemetry.figures?.shown())?.split('\n') ?? [];

const linesOf = async (start: string) => (await shown()).filter((line) => line.startsWith(start));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  collector = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  const settings = { LUMBUNG_OPS: '127.0.0.1:0', OTEL_EXPORTER_OTLP_ENDPOINT: collector };
  telemetry = (await opened(settings)) as Telemetry;
});
afterEach(() => telemetry.close());

describe('a process that was asked for nothing', () => {
  it('tells nothing', async () => {
    expect(await opened({})).toBeUndefined();
  });

  it('listens nowhere', async () => {
    expect(await openOperations({ OTEL_TRACES_SAMPLER_ARG: 1 }, undefined)).toBeUndefined();
  });
});

describe('the figures of a command', () => {
  it('name its service, and how it ended', async () => {
    const { runners } = telemetry;
    const ends = [
      undefined,
      new Rejection('AMOUNT_NOT_POSITIVE', 'Jumlah harus lebih dari nol.', {}),
      new Unavailable('TOO_BUSY', 'Sibuk.'),
    ];
    for (const end of ends) {
      const executed = runners.executing(STREAM, sent, caller, async () => {
        if (end) throw end;
      });
      await executed.catch(() => undefined);
    }
    const counted = (outcome: string) =>
      `lumbung_commands_total{service="ledger",command="DepositSimpanan",outcome="${outcome}"} 1`;
    expect(await linesOf('lumbung_commands_total')).toEqual(
      ['accepted', 'refused', 'failed'].map(counted),
    );
  });

  it('lead from the slow ones to their trace', async () => {
    await telemetry.runners.executing(STREAM, sent, caller, taking(300));
    const [slow] = await linesOf('lumbung_command_seconds_bucket{le="0.5"');
    expect(slow).toContain(`# {trace_id="${TRACE}"} 0.3`);
  });

  it('lead nowhere where the trace is not kept', async () => {
    await telemetry.close();
    const none = { OTEL_TRACES_SAMPLER_ARG: 0, OTEL_EXPORTER_OTLP_ENDPOINT: collector };
    telemetry = (await opened({ LUMBUNG_OPS: '127.0.0.1:0', ...none })) as Telemetry;
    await telemetry.runners.executing(STREAM, sent, caller, taking(300));
    const [slow] = await linesOf('lumbung_command_seconds_bucket{le="0.5"');
    expect(slow).toMatch(/ 1$/);
  });
});

describe('the figures of calls', () => {
  it('are kept for the faces there are, and for no name that somebody makes up', async () => {
    const { calls } = telemetry;
    for (const pattern of ['ledger.simpanan.deposit', 'made.up.one', 'made.up.two']) {
      await calls.calling(pattern, { caller }, taking(1));
    }
    const counted = await linesOf('lumbung_calls_total');
    expect(counted).toEqual([
      'lumbung_calls_total{face="ledger.simpanan",outcome="accepted"} 1',
      'lumbung_calls_total{face="other",outcome="accepted"} 2',
    ]);
  });
});

describe('the figures of a feed', () => {
  it('are asked for when somebody looks', async () => {
    telemetry.figures?.feeds(() => ({ published: 7, lag: 2 }));
    telemetry.figures?.parkings(() => ({ province: 1 }));
    expect(await linesOf('lumbung_feed_published_total')).toEqual([
      'lumbung_feed_published_total 7',
    ]);
    expect(await linesOf('lumbung_feed_lag_events')).toEqual(['lumbung_feed_lag_events 2']);
    expect(await linesOf('lumbung_feed_parked_keys')).toEqual([
      'lumbung_feed_parked_keys{consumer="province"} 1',
    ]);
  });
});

describe('a line of the log', () => {
  const lines: Record<string, unknown>[] = [];
  const log = () =>
    structuredLog('info', telemetry, {
      write: (line: string) => void lines.push(JSON.parse(line)),
    });

  beforeEach(() => {
    lines.length = 0;
  });

  it('says the trace that it belongs to', async () => {
    const event = { id: 'an-event', metadata: { correlationId: CORRELATION } } as never;
    await telemetry.runners.following('workflow test', event, async () => log().info('heard'));
    log().info('alone');
    expect(lines).toMatchObject([{ msg: 'heard', traceId: TRACE }, { msg: 'alone' }]);
    expect(lines[1]).not.toHaveProperty('traceId');
  });

  it('says it once, as traces do, where a request says it too', () => {
    log().child({ traceId: CORRELATION }).info('asked');
    expect(lines).toMatchObject([{ traceId: TRACE }]);
  });
});
