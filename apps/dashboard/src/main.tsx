import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/base.css';
import './design/table.css';
import './design/print.css';
import { App } from './app.js';
import { client } from './server/client.js';
import { Mishap } from './server/mishap.js';

const root = document.getElementById('root');
if (!root) throw new TypeError('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <Mishap>
      <ApolloProvider client={client}>
        <App />
      </ApolloProvider>
    </Mishap>
  </StrictMode>,
);
