import { CooperativeRegistered } from '#lumbung/contracts';
import { toPublic } from '#lumbung/kernel';
import { CooperativeEntered } from './cooperative.events.js';

export const cooperativePublic = [
  toPublic(CooperativeEntered, CooperativeRegistered, ({ data }) => data),
];
