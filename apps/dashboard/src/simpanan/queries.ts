import { gql } from '@apollo/client';
import type { CommandDocument } from '../server/command.js';

export type SimpananKind = 'POKOK' | 'WAJIB' | 'SUKARELA';
export type Channel = 'KAS' | 'BANK';

export const KIND_NAMES: Record<SimpananKind, string> = {
  POKOK: 'Pokok',
  WAJIB: 'Wajib',
  SUKARELA: 'Sukarela',
};

export const CHANNEL_NAMES: Record<Channel, string> = { KAS: 'Kas (tunai)', BANK: 'Bank' };

type PolicyFields = {
  cooperative: string;
  from: string;
  pokok: number;
  wajib: number;
  pokokInParts: boolean;
};

export const SetSimpananPolicy: CommandDocument<
  { setSimpananPolicy: { position: string } },
  PolicyFields
> = gql`
  mutation SetSimpananPolicy($input: SetSimpananPolicyInput!) {
    setSimpananPolicy(input: $input) {
      position
    }
  }
`;

export type DepositFields = {
  cooperative: string;
  member: string;
  kind: SimpananKind;
  month?: string;
  amount: number;
  date: string;
  channel: Channel;
};

export type Deposited = {
  position: string;
  voucher: string;
  /** As he is after it; null while that cannot be shown yet. */
  member: {
    id: string;
    number: number;
    name: string | null;
    status: string;
    simpanan: { pokok: number; wajib: number; sukarela: number };
  } | null;
};

export const DepositSimpanan: CommandDocument<{ depositSimpanan: Deposited }, DepositFields> = gql`
  mutation DepositSimpanan($input: DepositSimpananInput!) {
    depositSimpanan(input: $input) {
      position
      voucher
      member {
        id
        number
        name
        status
        simpanan {
          pokok
          wajib
          sukarela
        }
      }
    }
  }
`;
