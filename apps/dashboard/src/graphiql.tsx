import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './design/graphiql.css';

const FIRST_QUERY = `# Setiap bidang dijelaskan pada "Docs" di kiri.
{
  regency(code: "35.06") {
    name
    cooperativeCount
    startedCount
    memberCount
    simpanan { pokok wajib sukarela total }
  }
}
`;

const root = document.getElementById('root');
if (!root) throw new TypeError('graphiql.html has no #root');

createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: '/graphql' })}
    defaultQuery={FIRST_QUERY}
    defaultHeaders={JSON.stringify({ 'X-Lumbung-User': 'pengurus' }, null, 2)}
  />,
);
