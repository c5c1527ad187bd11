import { z } from '#lumbung/kernel';

/**
 * What every command answers: the log position (decimal text) that a reader may wait for, and
 * the stream's revision after it.
 */
export type Answer = { position: string; revision: number };

/** Fields of a query that pages: 1 to 500 entries after an opaque cursor. */
export const paging = {
  first: z.int().min(1, 'PAGE_TOO_SMALL').max(500, 'PAGE_TOO_LARGE'),
  after: z.string().max(500).optional(),
};

/** `endCursor` continues the list where `hasNextPage` says that there is more. */
export type Page<T> = {
  totalCount: number;
  nodes: T[];
  endCursor: string | null;
  hasNextPage: boolean;
};
