import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describeWithNats, type Running, stage } from './processes.js';

const PARE = '35.06.17.1009';
const POLICY = `mutation ($input: SetSimpananPolicyInput!) {
  setSimpananPolicy(input: $input) { position policy { pokok } } }`;
const OPENING = `mutation ($input: OpenUspInput!) {
  openUsp(input: $input) { position book { book } } }`;

const { start, newFolder, broker } = stage();

type Answer = {
  data?: Record<string, { position: string; book?: object | null }>;
  errors?: { message: string; extensions: { code: string } }[];
};

describeWithNats('a service apart that is gone', () => {
  let address: string;
  const running: Record<string, Running> = {};

  beforeAll(async () => {
    const given = {
      LUMBUNG_DATA: newFolder(),
      NATS_URL: (await broker()).url,
      EVENTSTORE_URL: await start('eventstore', ['--memory', '--port', '0'], {}).says(/esdb:\S+/),
    };
    for (const name of ['membership', 'ledger', 'reporting']) {
      running[name] = start(name, [], given);
    }
    const gateway = start('gateway', ['serve'], given);
    running.gateway = gateway;
    const told = await gateway.says(/GraphQL {2}http:\S+(?=\/graphql)/);
    address = told.replace(/^GraphQL +/, '');
  });

  const kill = async (name: string) => {
    const { child } = running[name] as Running;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  const send = async (query: string, input: object) => {
    const command = { commandId: randomUUID(), issuedAt: new Date().toISOString() };
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lumbung-user': 'pengurus' },
      body: JSON.stringify({ query, variables: { input: { ...command, ...input } } }),
    });
    return { status: response.status, ...((await response.json()) as Answer) };
  };

  it('keeps nobody from hearing that what he did is recorded', async () => {
    const policy = { from: '2025-01', pokok: 100_000, wajib: 20_000, pokokInParts: false };
    const before = await send(POLICY, { cooperative: PARE, ...policy });
    expect(before.errors).toBeUndefined();
    await kill('reporting');
    const after = await send(POLICY, { cooperative: PARE, ...policy, from: '2025-02' });
    expect(after.errors).toBeUndefined();
    expect(Number(after.data?.setSimpananPolicy?.position)).toBeGreaterThan(
      Number(before.data?.setSimpananPolicy?.position),
    );
  });

  it('is why nothing is shown that may be older than what was done', async () => {
    const licence = { licence: 'SK-1/2025', licensedOn: '2025-01-05' };
    const { errors, data } = await send(OPENING, { cooperative: PARE, ...licence });
    expect(errors).toBeUndefined();
    expect(data?.openUsp?.position).toMatch(/^\d+$/);
    expect(data?.openUsp?.book).toBeNull();
  });

  it('is told to whoever watches, by a code and without a stack', async () => {
    const answer = await fetch(`${address}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      error: { projections: { status: 'down', code: 'SERVICE_UNAVAILABLE' } },
    });
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect(running.gateway?.said()).not.toMatch(/\n\s+at /);
  });

  it('is no failure for good: a request that needs it is answered with 503', async () => {
    await kill('membership');
    const { status, errors } = await send(POLICY, { cooperative: PARE });
    expect(status).toBe(503);
    expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  });
});
