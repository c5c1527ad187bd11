import { gql, type TypedDocumentNode } from '@apollo/client';

export type Counts = {
  code: string;
  name: string;
  cooperativeCount: number;
  startedCount: number;
  memberCount: number;
  simpananTotal: number;
};

export type Regency = Counts & {
  candidateCount: number;
  simpanan: { pokok: number; wajib: number; sukarela: number; total: number };
  districts: Counts[];
};

export const FindRegency: TypedDocumentNode<{ regency: Regency | null }, { code: string }> = gql`
  query FindRegency($code: String!) {
    regency(code: $code) {
      code
      name
      cooperativeCount
      startedCount
      memberCount
      candidateCount
      simpananTotal
      simpanan {
        pokok
        wajib
        sukarela
        total
      }
      districts {
        code
        name
        cooperativeCount
        startedCount
        memberCount
        simpananTotal
      }
    }
  }
`;
