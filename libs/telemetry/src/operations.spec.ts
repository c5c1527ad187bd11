import { Figures } from './figures.js';
import { type NotReady, type Operations, serveOperations } from './operations.js';

let reason: NotReady | undefined;
let operations: Operations;

const get = async (path: string, method = 'GET') => {
  const answer = await fetch(`${operations.address}${path}`, { method });
  const { status, headers } = answer;
  return { status, type: headers.get('content-type') ?? '', text: await answer.text() };
};

beforeEach(async () => {
  reason = undefined;
  const asked = { figures: new Figures(), health: async () => reason };
  operations = await serveOperations('127.0.0.1:0', asked);
});
afterEach(() => operations.close());

describe('whoever watches a process', () => {
  it('sees its figures in OpenMetrics, with those of Node among them', async () => {
    const { status, type, text } = await get('/metrics');
    expect({ status, type }).toMatchObject({
      status: 200,
      type: expect.stringContaining('application/openmetrics-text; version=1.0.0'),
    });
    expect(text).toContain('# TYPE lumbung_commands counter');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text.endsWith('# EOF\n')).toBe(true);
  });

  it('is told that it lives, and whether it is of use', async () => {
    expect(await get('/health/live')).toMatchObject({ status: 200 });
    expect(await get('/health/ready')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  });

  it('is told why it is of no use now', async () => {
    reason = { code: 'NOT_CAUGHT_UP', reason: 'Masih membaca catatan.', head: '7' };
    const { status, text } = await get('/health/ready');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toEqual({ status: 'error', ...reason });
  });

  it.each(['/', '/health', '/metrics/..%2f', '/nothing'])('finds nothing at %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404 });
  });

  it('may only look', async () => {
    expect(await get('/metrics', 'POST')).toMatchObject({ status: 405 });
  });
});

describe('an address that somebody has', () => {
  it('is refused in a sentence', async () => {
    const { host } = new URL(operations.address);
    const taken = serveOperations(host, { figures: new Figures() });
    await expect(taken).rejects.toMatchObject({ code: 'OPS_ADDRESS_UNAVAILABLE' });
  });
});
