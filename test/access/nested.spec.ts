import 'reflect-metadata';
import { AddUser, Role, UserApi } from '#lumbung/contracts';
import { clientFor, followed } from '#lumbung/transport';
import { HERE, NAME, type Office, openOffice, PENGURUS, sent, THERE } from './office.js';
import { OPERATIONS } from './operations.js';

const SCOPES = { sini: HERE, kecamatan: '35.06.17', kabupaten: '35.06', sana: THERE };
type ScopeName = keyof typeof SCOPES;

const REACHES: Record<ScopeName, readonly string[]> = {
  sini: [HERE],
  kecamatan: [HERE],
  kabupaten: [HERE, THERE],
  sana: [THERE],
};

/** Fields below a cooperative, and what each of them asks a service. */
const BELOW: Record<string, string> = {
  'members(first: 5) { nodes { id name } }': 'membership.member.list',
  'members(first: 5) { nodes { simpanan { pokok unpaidMonths(through: "2026-02") } } }':
    'membership.member.list',
  'journal(book: UMUM, first: 5) { nodes { number lines { debit } } }': 'ledger.book.journals',
  'books { book journalCount }': 'ledger.book.books',
  'simpananPolicies { pokok }': 'ledger.account.policies',
  'name memberCount simpananTotal': 'reporting.totals.totals',
};

const rolesFor = (pattern: string): readonly Role[] =>
  OPERATIONS.find((operation) => operation.pattern === pattern)?.by ?? [];

let office: Office;
let address: string;
const userOf = (role: Role, scope: ScopeName) => `${role.replaceAll('_', '-')}-${scope}`;

beforeAll(async () => {
  office = await openOffice();
  address = await office.listen(0);
  const users = clientFor(UserApi, office.bus);
  for (const role of Role.options) {
    for (const scope of Object.keys(SCOPES) as ScopeName[]) {
      const member = role === 'anggota' ? { member: office.members.here } : {};
      const data = { name: userOf(role, scope), role, scope: SCOPES[scope], ...member };
      await users.add(sent(AddUser, data));
    }
  }
  await followed(office.bus, PENGURUS);
});
afterAll(() => office.close());

// biome-ignore lint/suspicious/noExplicitAny: whatever a query asks for
type Answer = { data: any; errors?: { extensions: { code: string } }[] };

const asked = async (query: string, user: string): Promise<Answer> => {
  const headers = { 'content-type': 'application/json', 'x-lumbung-user': user };
  const body = JSON.stringify({ query });
  const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body });
  return (await answer.json()) as Answer;
};

const everybody = (): [Role, ScopeName][] =>
  Role.options.flatMap((role) =>
    (Object.keys(SCOPES) as ScopeName[]).map((scope): [Role, ScopeName] => [role, scope]),
  );

describe('through GraphQL', () => {
  it('each field below a cooperative is for whom its service answers', async () => {
    const holes: string[] = [];
    let tried = 0;
    for (const [role, scope] of everybody()) {
      for (const code of [HERE, THERE]) {
        for (const [field, pattern] of Object.entries(BELOW)) {
          const query = `{ cooperative(code: "${code}") { code ${field} } }`;
          const { data, errors } = await asked(query, userOf(role, scope));
          const isReached = REACHES[scope].includes(code);
          const may = isReached && rolesFor(pattern).includes(role);
          const isLet = errors === undefined && data.cooperative?.code === code;
          const codes = new Set(errors?.map(({ extensions }) => extensions.code));
          const isRefused = codes.size === 1 && codes.has('NOT_PERMITTED');
          tried += 1;
          if (may !== isLet || may === isRefused) {
            holes.push(`${role} of ${SCOPES[scope]}: ${field} of ${code}: ${[...codes]}`);
          }
        }
      }
    }
    process.stderr.write(`nested fields: ${tried} cells tried, ${holes.length} holes\n`);
    expect(holes).toEqual([]);
  });

  it('a list of cooperatives has those that somebody sees', async () => {
    const query = '{ cooperatives(regency: "35.06", first: 50) { totalCount nodes { code } } }';
    for (const [role, scope] of everybody()) {
      const { data } = await asked(query, userOf(role, scope));
      const codes = data.cooperatives.nodes.map(({ code }: { code: string }) => code).sort();
      expect([role, scope, codes]).toEqual([role, scope, [...REACHES[scope]].sort()]);
      expect(data.cooperatives.totalCount).toBe(codes.length);
    }
  });

  it('a name is read by its cooperative and the auditor, and by nobody else', async () => {
    const readers = [];
    const query = `{ cooperative(code: "${HERE}") { members(first: 5) { nodes { name } } } }`;
    for (const role of Role.options) {
      const answer = await asked(query, userOf(role, 'kabupaten'));
      if (JSON.stringify(answer).includes(NAME)) readers.push(role);
    }
    const inside = ['pengurus', 'ketua', 'sekretaris', 'bendahara', 'kasir', 'pengawas', 'manajer'];
    expect(readers).toEqual([...inside, 'auditor']);
  });

  it('somebody knows his own roles, and of others what is in his cooperative', async () => {
    const query = '{ me { name roles { role scope } } users { name } }';
    const { data } = await asked(query, userOf('ketua', 'sini'));
    expect(data.me).toEqual({ name: 'ketua-sini', roles: [{ role: 'ketua', scope: HERE }] });
    const names: string[] = data.users.map(({ name }: { name: string }) => name);
    expect(names.every((name) => name.endsWith('-sini'))).toBe(true);
    expect(names).toHaveLength(Role.options.length);
  });
});
