import { stream } from '#lumbung/kernel';
import { members } from '../member/member.decider.js';
import { cooperative } from './cooperative.decider.js';
import { RegisterStruck } from './cooperative.events.js';

/** `register-{cooperative}`: where numbers have no gap and a NIK is a member once. */
export const registerStream = stream(
  'register',
  { cooperative, members },
  { checkpoint: { event: RegisterStruck, stateVersion: 1 } },
);
