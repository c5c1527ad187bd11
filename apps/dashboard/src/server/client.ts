import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { lastPosition } from './position.js';
import { currentUser } from './user.js';

const PATIENCE_MS = 30_000;

// A phone may lose its network without the request ever failing; then nobody would be told.
const ask = (uri: RequestInfo | URL, options: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(options.headers);
  headers.set('X-Lumbung-User', currentUser());
  const position = lastPosition();
  if (position) headers.set('X-Lumbung-After', position);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
  return fetch(uri, { ...options, headers, signal });
};

// Voucher numbers repeat from one cooperative to the next, so a journal has no key of its own.
const cache = new InMemoryCache({
  typePolicies: {
    Platform: { keyFields: [] },
    User: { keyFields: ['name'] },
    Region: { keyFields: ['code'] },
    RegionName: { keyFields: ['code'] },
    Cooperative: { keyFields: ['code'] },
    Account: { keyFields: ['code'] },
    Journal: { keyFields: false },
    Simpanan: { merge: true },
    SimpananTotals: { merge: true },
  },
});

/** The gateway of the page's own origin. Figures kept in memory are shown while it is asked. */
export const client = new ApolloClient({
  link: new HttpLink({ uri: '/graphql', fetch: ask }),
  cache,
  defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network' } },
});
