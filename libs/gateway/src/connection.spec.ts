import { connection } from './connection.js';

const page = { totalCount: 7, nodes: [1, 2], endCursor: 'two', hasNextPage: true };

describe('a connection', () => {
  it('shows each node, and where the list goes on', () => {
    expect(connection(page, (node) => node * 10)).toEqual({
      ...{ totalCount: 7, nodes: [10, 20] },
      pageInfo: { endCursor: 'two', hasNextPage: true },
    });
  });

  it('of nothing has no cursor', () => {
    const empty = { totalCount: 0, nodes: [], endCursor: null, hasNextPage: false };
    expect(connection(empty, (node) => node)).toEqual({
      ...{ totalCount: 0, nodes: [] },
      pageInfo: { endCursor: null, hasNextPage: false },
    });
  });
});
