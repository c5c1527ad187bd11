import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import { DEFAULT_USER } from './server/user.js';
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

const USER_HEADER = 'X-Lumbung-User';

// The explorer asks for the schema before it has read the headers that are typed into it.
const ask: typeof fetch = (address, options = {}) => {
  const headers = new Headers(options.headers);
  if (!headers.has(USER_HEADER)) headers.set(USER_HEADER, DEFAULT_USER);
  return fetch(address, { ...options, headers });
};

const fetcher = createGraphiQLFetcher({ url: '/graphql', fetch: ask });

const asksWhetherDemo = async (): Promise<boolean> => {
  const body = JSON.stringify({ query: '{ platform { demo } }' });
  const headers = { 'content-type': 'application/json' };
  const response = await ask('/graphql', { method: 'POST', headers, body });
  const { data } = (await response.json()) as { data?: { platform: { demo: boolean } } };
  return data?.platform.demo === true;
};

const Explorer = () => {
  const [demo, setDemo] = useState(false);
  useEffect(() => {
    asksWhetherDemo().then(setDemo, () => undefined);
  }, []);
  return (
    <>
      {demo && <p className="demo">DATA CONTOH</p>}
      <GraphiQL
        fetcher={fetcher}
        defaultQuery={FIRST_QUERY}
        defaultHeaders={JSON.stringify({ [USER_HEADER]: DEFAULT_USER }, null, 2)}
      />
    </>
  );
};

const root = document.getElementById('root');
if (!root) throw new TypeError('graphiql.html has no #root');

createRoot(root).render(<Explorer />);
