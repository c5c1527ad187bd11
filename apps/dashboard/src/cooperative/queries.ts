import { gql, type TypedDocumentNode } from '@apollo/client';

export type CooperativeSort = 'CODE' | 'NAME' | 'MEMBERS' | 'SIMPANAN' | 'LAST_ENTRY';

export type CooperativeRow = {
  code: string;
  name: string;
  village: string;
  district: { code: string; name: string };
  memberCount: number;
  simpananTotal: number;
  lastEntryOn: string | null;
  started: boolean;
};

export type ListOfCooperatives = {
  regency: string;
  district?: string;
  search?: string;
  started?: boolean;
  sort: CooperativeSort;
  descending: boolean;
  first: number;
  after?: string;
};

export const ListCooperatives: TypedDocumentNode<
  {
    cooperatives: {
      totalCount: number;
      nodes: CooperativeRow[];
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  },
  ListOfCooperatives
> = gql`
  query ListCooperatives(
    $regency: String!
    $district: String
    $search: String
    $started: Boolean
    $sort: CooperativeSort
    $descending: Boolean
    $first: Int!
    $after: String
  ) {
    cooperatives(
      regency: $regency
      district: $district
      search: $search
      started: $started
      sort: $sort
      descending: $descending
      first: $first
      after: $after
    ) {
      totalCount
      nodes {
        code
        name
        village
        district {
          code
          name
        }
        memberCount
        simpananTotal
        lastEntryOn
        started
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;

export type SimpananPolicy = { from: string; pokok: number; wajib: number; pokokInParts: boolean };

export type BookName = 'UMUM' | 'USP';

export type Cooperative = CooperativeRow & {
  candidateCount: number;
  simpananPolicies: SimpananPolicy[];
  books: { book: BookName; journalCount: number; closedThrough: string | null; uspOpen: boolean }[];
};

export const FindCooperative: TypedDocumentNode<
  { cooperative: Cooperative | null },
  { code: string }
> = gql`
  query FindCooperative($code: VillageCode!) {
    cooperative(code: $code) {
      code
      name
      village
      district {
        code
        name
      }
      memberCount
      candidateCount
      simpananTotal
      lastEntryOn
      started
      simpananPolicies {
        from
        pokok
        wajib
        pokokInParts
      }
      books {
        book
        journalCount
        closedThrough
        uspOpen
      }
    }
  }
`;

export type Village = Pick<CooperativeRow, 'code' | 'village' | 'district'>;

/** The villages of the regency, to choose from. */
export const ListVillages: TypedDocumentNode<
  {
    cooperatives: {
      nodes: Village[];
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  },
  { regency: string; first: number; after?: string }
> = gql`
  query ListVillages($regency: String!, $first: Int!, $after: String) {
    cooperatives(regency: $regency, sort: NAME, first: $first, after: $after) {
      nodes {
        code
        village
        district {
          code
          name
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;
