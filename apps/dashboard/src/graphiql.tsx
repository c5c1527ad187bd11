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

const USER_HEADER = { 'X-Lumbung-User': DEFAULT_USER };

const fetcher = createGraphiQLFetcher({ url: '/graphql' });

const asksWhetherDemo = async (): Promise<boolean> => {
  const body = JSON.stringify({ query: '{ platform { demo } }' });
  const headers = { ...USER_HEADER, 'content-type': 'application/json' };
  const response = await fetch('/graphql', { method: 'POST', headers, body });
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
        defaultHeaders={JSON.stringify(USER_HEADER, null, 2)}
      />
    </>
  );
};

const root = document.getElementById('root');
if (!root) throw new TypeError('graphiql.html has no #root');

createRoot(root).render(<Explorer />);
