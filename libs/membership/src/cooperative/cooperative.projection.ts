import type { Cooperative } from '#lumbung/contracts';
import { type CooperativeCode, projection, when } from '#lumbung/kernel';
import { MemberAdmitted } from '../member/member.events.js';
import { CooperativeEntered } from './cooperative.events.js';

/** A cooperative as its register knows it. */
export const cooperatives = projection<Cooperative>({
  name: 'cooperative',
  version: 1,
  indexes: {},
  initial: (code) => ({
    code: code as CooperativeCode,
    name: '',
    village: '',
    district: '',
    regency: '',
    registeredOn: '',
    admitted: 0,
  }),
  on: [
    when(CooperativeEntered, {
      keys: ({ data }) => [data.cooperative],
      evolve: (document, { data, metadata }) => {
        const { name, village, district, regency } = data;
        const registeredOn = metadata.businessDate;
        return { ...document, name, village, district, regency, registeredOn };
      },
    }),
    when(MemberAdmitted, {
      keys: ({ metadata }) => [metadata.cooperative as string],
      evolve: (document) => ({ ...document, admitted: document.admitted + 1 }),
    }),
  ],
});
