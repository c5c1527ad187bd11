// The queries of the page over HTTP on the loopback.
import autocannon from 'autocannon';
import { AddUser, UserApi } from '#lumbung/contracts';
import type { Scope, UserName } from '#lumbung/kernel';
import { clientFor } from '#lumbung/transport';
import { openRegency, populate, REGENCY, sent } from './regency.js';
import { givenFolder, report } from './report.js';

const DURATION_S = 8;
const CONNECTIONS = 8;

const simpanan = '{ pokok wajib sukarela }';
const page = 'pageInfo { endCursor hasNextPage }';

const queriesOf = (cooperative: string) => ({
  'a page of 50 cooperatives': `{ cooperatives(regency: "35.06", first: 50) { totalCount nodes {
    code name district { code name } memberCount simpananTotal lastEntryOn } ${page} } }`,
  'a regency with its districts': `{ regency(code: "35.06") { name cooperativeCount startedCount
    memberCount simpanan { pokok wajib sukarela total }
    districts { code name cooperativeCount memberCount simpananTotal } } }`,
  'a cooperative with 20 members and 20 journals': `{ cooperative(code: "${cooperative}") {
    code name
    members(first: 20) { totalCount nodes { number name joinedOn status simpanan ${simpanan} } }
    journal(book: UMUM, first: 20) { nodes { number date description
      lines { account { code name } debit credit } } } } }`,
});

const SCOPE = REGENCY as string as Scope;

const { bus, listen, close } = await openRegency(givenFolder);
if (!givenFolder) {
  const first = { name: 'pengurus' as UserName, role: 'pengurus' as const, scope: SCOPE };
  await clientFor(UserApi, bus).add(sent(AddUser, first));
  await populate(bus, 344, 25);
}
const address = await listen(0);

const measured = [];
for (const [name, query] of Object.entries(queriesOf('35.06.01.2001'))) {
  const result = await autocannon({
    url: `${address}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-lumbung-user': 'pengurus' },
    body: JSON.stringify({ query }),
    connections: CONNECTIONS,
    duration: DURATION_S,
  });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} answers of ${name} failed`);
  measured.push(
    { name: `GraphQL, ${name}`, value: result.requests.average, unit: 'queries/s' },
    {
      name: `GraphQL, ${name}: 99th percentile`,
      value: result.latency.p99,
      unit: 'ms',
      peer: 'the bound of 50 ms',
      peerValue: 50,
    },
  );
}
await close();
report('graphql', measured);
