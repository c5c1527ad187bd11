import { gql } from '@apollo/client';
import type { CommandDocument } from '../server/command.js';
import type { Channel } from '../simpanan/queries.js';

export type CollectFields = {
  cooperative: string;
  month: string;
  members: string[];
  date: string;
  channel: Channel;
};

export type Collected = { position: string; vouchers: string[]; total: number };

export const CollectWajib: CommandDocument<{ collectWajib: Collected }, CollectFields> = gql`
  mutation CollectWajib($input: CollectWajibInput!) {
    collectWajib(input: $input) {
      position
      vouchers
      total
    }
  }
`;
