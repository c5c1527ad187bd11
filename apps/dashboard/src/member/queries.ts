import { gql, type TypedDocumentNode } from '@apollo/client';
import type { CommandDocument } from '../server/command.js';

export type MemberStatus = 'CALON' | 'ANGGOTA' | 'MENGUNDURKAN_DIRI' | 'KELUAR';

export type Member = {
  id: string;
  number: number;
  /** Null for a person who has been forgotten. */
  name: string | null;
  joinedOn: string;
  status: MemberStatus;
  endsOn: string | null;
  warnings: string[];
  simpanan: {
    pokok: number;
    wajib: number;
    sukarela: number;
    owed: number;
    /** Dues not paid through the month that was asked about, oldest first. */
    unpaidMonths: string[];
  };
};

export const ListMembers: TypedDocumentNode<
  {
    cooperative: {
      code: string;
      members: {
        totalCount: number;
        nodes: Member[];
        pageInfo: { endCursor: string | null; hasNextPage: boolean };
      };
    } | null;
  },
  { code: string; through: string; first: number; after?: string }
> = gql`
  query ListMembers($code: VillageCode!, $through: Month!, $first: Int!, $after: String) {
    cooperative(code: $code) {
      code
      members(first: $first, after: $after) {
        totalCount
        nodes {
          id
          number
          name
          joinedOn
          status
          endsOn
          warnings
          simpanan {
            pokok
            wajib
            sukarela
            owed
            unpaidMonths(through: $through)
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

export type AdmitFields = {
  cooperative: string;
  nik: string;
  name: string;
  sex: 'L' | 'P';
  birthDate: string;
  address: string;
  ktpVillage: string;
  phone?: string;
  joinedOn: string;
};

export type Admitted = { id: string; number: number; name: string | null; warnings: string[] };

export const AdmitMember: CommandDocument<
  // Null while he cannot be shown yet.
  { admitMember: { position: string; member: Admitted | null } },
  AdmitFields
> = gql`
  mutation AdmitMember($input: AdmitMemberInput!) {
    admitMember(input: $input) {
      position
      member {
        id
        number
        name
        warnings
      }
    }
  }
`;
