import { randomBytes, randomUUID } from 'node:crypto';
import { describeWithNats } from '../faults/processes.js';
import { type Server, stage } from '../stories/lumbung.js';
import { nameOf, nikOf, PARE } from '../stories/villagers.js';
import { type Collector, orphansIn, rootsOf, type Span, startCollector } from './collector.js';

const { newFolder, serve, serveServices } = stage();

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(new Date());

const candidate = {
  ...{ cooperative: PARE, nik: nikOf(1), name: nameOf(1), sex: 'L' },
  ...{ birthDate: '1985-01-01', address: 'Dusun Krajan', ktpVillage: PARE, joinedOn: '2025-08-01' },
};

const deposit = (member: string) => ({
  ...{ cooperative: PARE, member, kind: 'POKOK', amount: 100_000, date: today, channel: 'KAS' },
});

const admit = async (server: Server): Promise<string> => {
  const amounts = { pokok: 100_000, wajib: 20_000, pokokInParts: false };
  await server.send('setSimpananPolicy', { cooperative: PARE, from: '2025-01', ...amounts });
  const { member } = await server.send<{ member: { id: string } }>(
    'admitMember',
    candidate,
    'member { id }',
  );
  return member.id;
};

const kindsOf = (trace: readonly Span[]) => new Set(trace.map(({ name }) => name.split(' ')[0]));

const named = (name: string) => (span: Span) => span.name === name;

/** The names from a span up to the root. */
const wayTo = (name: string, trace: readonly Span[]): string[] => {
  const way: string[] = [];
  for (let at = trace.find(named(name)); at; ) {
    way.unshift(at.name);
    const { parent } = at;
    at = trace.find(({ spanId }) => spanId === parent);
  }
  return way;
};

const DEPOSIT = 'graphql depositSimpanan';
const ADMISSION = 'graphql admitMember';

type Start = (folder: string, environment: Record<string, string>) => Promise<Server>;

const tellOneTrace = (
  describeHere: jest.Describe,
  processes: string,
  start: Start,
  readers = ['project simpanan-balance'],
) => {
  describeHere(`a request to ${processes}`, () => {
    let collector: Collector;
    let server: Server;
    let member: string;

    beforeAll(async () => {
      collector = await startCollector();
      const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
      server = await start(await newFolder(), environment);
      member = await admit(server);
    });
    afterAll(() => collector.close());

    it('is one trace without a gap, from GraphQL to what is shown', async () => {
      await server.send('depositSimpanan', deposit(member));
      const trace = await collector.traceWith(named(DEPOSIT));
      expect(orphansIn(trace)).toEqual([]);
      expect(rootsOf(trace).map(({ name }) => name)).toEqual([DEPOSIT]);
      const kinds = kindsOf(trace);
      for (const kind of ['send', 'serve', 'execute', 'append', 'project']) {
        expect(kinds).toContain(kind);
      }
      for (const reader of readers) {
        expect(wayTo(reader, trace)).toEqual([
          DEPOSIT,
          'send ledger.simpanan.deposit',
          'serve ledger.simpanan.deposit',
          'execute DepositSimpanan',
          'append ledger',
          reader,
        ]);
      }
    });

    it('goes on through a workflow into another service', async () => {
      const trace = await collector.traceWith(named(ADMISSION));
      expect(orphansIn(trace)).toEqual([]);
      expect(rootsOf(trace)).toHaveLength(1);
      expect(wayTo('execute OpenMemberAccount', trace)).toEqual([
        ADMISSION,
        'send membership.member.admit',
        'serve membership.member.admit',
        'execute AdmitMember',
        'append register',
        'workflow member-accounts',
        'send ledger.account.open',
        'serve ledger.account.open',
        'execute OpenMemberAccount',
      ]);
    });

    it('tells of a refusal by its code', async () => {
      const again = server.send('depositSimpanan', deposit(member));
      await expect(again).rejects.toThrow('POKOK_ALREADY_PAID');
      const trace = await collector.traceWith(({ code }) => code === 'POKOK_ALREADY_PAID');
      expect(rootsOf(trace)).toMatchObject([{ name: DEPOSIT, code: 'POKOK_ALREADY_PAID' }]);
      expect(kindsOf(trace)).not.toContain('append');
    });

    it('is part of the trace of whoever asks', async () => {
      const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
      const headers = {
        ...{ 'content-type': 'application/json', 'x-lumbung-user': 'pengurus' },
        traceparent: `00-${traceId}-${spanId}-01`,
      };
      const query = 'mutation ($input: OpenUspInput!) { openUsp(input: $input) { position } }';
      const licence = { cooperative: PARE, licence: 'SK-1/2026', licensedOn: '2026-01-05' };
      const command = { commandId: randomUUID(), issuedAt: new Date().toISOString() };
      const body = JSON.stringify({ query, variables: { input: { ...licence, ...command } } });
      await fetch(`${server.address}/graphql`, { method: 'POST', headers, body });
      const trace = await collector.traceWith((span) => span.traceId === traceId);
      expect(trace.find(({ parent }) => parent === spanId)?.name).toBe('graphql openUsp');
      expect(kindsOf(trace)).toContain('project');
    });

    it('holds nothing personal', () => {
      const told = JSON.stringify(collector.spans);
      for (const personal of [candidate.nik, candidate.name, candidate.address, member]) {
        expect(told).not.toContain(personal);
      }
    });
  });
};

tellOneTrace(describe, 'one process', (folder, environment) => serve(folder, [], environment));
tellOneTrace(describeWithNats, 'services apart', serveServices, [
  'relay',
  'project simpanan-balance',
]);
