type Page<Node> = {
  nodes: readonly Node[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
};

/** The most that the server hands out at once. */
export const LARGEST_PAGE = 500;

/** All of a list that comes in pages; `ask` reads the one after a cursor, or finds no list. */
export const readAll = async <Node>(
  ask: (after: string | undefined) => Promise<Page<Node> | undefined>,
): Promise<Node[]> => {
  const all: Node[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await ask(after);
    if (!page) return all;
    all.push(...page.nodes);
    const { endCursor, hasNextPage } = page.pageInfo;
    if (!hasNextPage || endCursor === null) return all;
    after = endCursor;
  }
};
