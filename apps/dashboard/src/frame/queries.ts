import { gql, type TypedDocumentNode } from '@apollo/client';

export type Platform = {
  /** Code of the regency, `35.06`. */
  regency: string;
  regencyName: string;
  /** The regency's day now, `2026-11-24`. */
  businessDate: string;
  demo: boolean;
  caughtUp: boolean;
  /** IANA name. */
  zone: string;
};

export const FindPlatform: TypedDocumentNode<{ platform: Platform }> = gql`
  query FindPlatform {
    platform {
      regency
      regencyName
      businessDate
      demo
      caughtUp
      zone
    }
  }
`;

export type User = { name: string; role: string };

export const FindUsers: TypedDocumentNode<{ users: User[] }> = gql`
  query FindUsers {
    users {
      name
      role
    }
  }
`;
