import {
  type Ask,
  type Call,
  type CommandOf,
  CooperativeCode,
  command,
  face,
  publicEvent,
  query,
  z,
} from '#lumbung/kernel';
import type { Answer } from '../answer.js';

const Name = z.string().trim().min(1, 'NAME_MISSING').max(120);

/** A cooperative enters the register under its village's code, named by its place. */
export const RegisterCooperative = command('RegisterCooperative', {
  cooperative: CooperativeCode,
  name: Name,
  village: Name,
  district: Name,
  regency: Name,
  province: Name,
});
export type RegisterCooperative = CommandOf<typeof RegisterCooperative>;

export const CooperativeRegistered = publicEvent('membership.CooperativeRegistered', 1, {
  cooperative: CooperativeCode,
  name: Name,
  village: Name,
  district: Name,
  regency: Name,
  province: Name,
});

export type Cooperative = {
  code: CooperativeCode;
  name: string;
  village: string;
  district: string;
  regency: string;
  registeredOn: string;
  /** Members and candidates that were ever admitted. */
  admitted: number;
};

export const FindCooperative = query({ cooperative: CooperativeCode });

export abstract class CooperativeApi {
  static readonly face = face<CooperativeApi>('membership.cooperative', {
    register: RegisterCooperative,
    find: FindCooperative,
  });

  abstract register(call: Call<typeof RegisterCooperative>): Promise<Answer>;
  abstract find(ask: Ask<typeof FindCooperative>): Promise<Cooperative | null>;
}
