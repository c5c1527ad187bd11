import { gql, type TypedDocumentNode } from '@apollo/client';
import type { BookName } from '../cooperative/queries.js';
import type { CommandDocument } from '../server/command.js';

export type Journal = {
  /** Of this cooperative only; others count their own. */
  number: string;
  date: string;
  description: string;
  actor: string;
  recordedAt: string;
  lines: { account: { code: string; name: string }; debit: number; credit: number }[];
};

export const ListJournal: TypedDocumentNode<
  {
    cooperative: {
      code: string;
      journal: {
        totalCount: number;
        nodes: Journal[];
        pageInfo: { endCursor: string | null; hasNextPage: boolean };
      };
    } | null;
  },
  { code: string; book: BookName; first: number; after?: string }
> = gql`
  query ListJournal($code: VillageCode!, $book: BookName!, $first: Int!, $after: String) {
    cooperative(code: $code) {
      code
      journal(book: $book, first: $first, after: $after) {
        totalCount
        nodes {
          number
          date
          description
          actor
          recordedAt
          lines {
            account {
              code
              name
            }
            debit
            credit
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
`;

export const OpenUsp: CommandDocument<
  { openUsp: { position: string } },
  { cooperative: string; licence: string; licensedOn: string }
> = gql`
  mutation OpenUsp($input: OpenUspInput!) {
    openUsp(input: $input) {
      position
    }
  }
`;
