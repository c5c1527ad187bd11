import type { Page } from '#lumbung/contracts';

/** A page as GraphQL shows it. */
export const connection = <T, N>(
  { totalCount, nodes, endCursor, hasNextPage }: Page<T>,
  shown: (node: T) => N,
) => ({ totalCount, nodes: nodes.map(shown), pageInfo: { endCursor, hasNextPage } });
