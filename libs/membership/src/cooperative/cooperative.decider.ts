import { ensureMembership as ensure, RegisterCooperative } from '#lumbung/contracts';
import type { Decider } from '#lumbung/kernel';
import { CooperativeEntered } from './cooperative.events.js';

export type Cooperative = { isRegistered: boolean };

export const cooperative: Decider<
  RegisterCooperative,
  CooperativeEntered,
  Cooperative,
  { cooperative: Cooperative }
> = {
  commands: [RegisterCooperative],
  events: [CooperativeEntered],
  initial: { isRegistered: false },
  decide: {
    RegisterCooperative: ({ data }, { cooperative }) => {
      ensure(!cooperative.isRegistered, 'COOPERATIVE_ALREADY_REGISTERED');
      return [CooperativeEntered(data)];
    },
  },
  evolve: {
    'membership.CooperativeEntered': (state) => {
      state.isRegistered = true;
    },
  },
};
