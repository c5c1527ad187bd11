import { Rejection } from '#lumbung/kernel';

/** How work ended: a business "no" is no failure. */
export type Outcome = 'accepted' | 'refused' | 'failed';

const CODE = /^[A-Z][A-Z\d_]{1,60}$/;

/** The code of a failure, and nothing else that it says. */
export const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && CODE.test(code) ? code : 'UNEXPECTED';
};

/** Of a failure as it is thrown, or as it goes over the wire. */
export const outcomeOf = (error: unknown): Outcome => {
  if (error === undefined) return 'accepted';
  const { failure } = (error ?? {}) as { failure?: unknown };
  return error instanceof Rejection || failure === 'rejected' ? 'refused' : 'failed';
};
