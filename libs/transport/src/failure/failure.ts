import { platformRejections } from '#lumbung/contracts';
import { Conflict, type Details, Rejection, Unavailable, z } from '#lumbung/kernel';

/** How a failure crosses a border: a code and a sentence, never a stack. */
export const WireFailure = z.object({
  failure: z.enum(['rejected', 'unavailable', 'conflict', 'unexpected']),
  code: z.string(),
  sentence: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type WireFailure = z.infer<typeof WireFailure>;

/** What the other side did not expect either; its own log says what it was. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly code = 'UNEXPECTED';
  readonly sentence = platformRejections.UNEXPECTED;
}

export const toWire = (error: unknown): WireFailure => {
  if (error instanceof Rejection) {
    const { code, sentence, details } = error;
    return { failure: 'rejected', code, sentence, details: { ...details } };
  }
  if (error instanceof Unavailable) {
    return { failure: 'unavailable', code: error.code, sentence: error.sentence, details: {} };
  }
  const [failure, code] =
    error instanceof Conflict
      ? (['conflict', 'TOO_BUSY'] as const)
      : (['unexpected', 'UNEXPECTED'] as const);
  return { failure, code, sentence: platformRejections[code], details: {} };
};

/** Whether whoever threw it meant it for the other side; anything else is a bug. */
export const isExpected = (error: unknown): boolean => toWire(error).failure !== 'unexpected';

export const fromWire = (failure: unknown): Error => {
  const known = WireFailure.safeParse(failure);
  if (!known.success) return new Unexpected();
  const { failure: kind, code, sentence, details } = known.data;
  if (kind === 'rejected') return new Rejection(code, sentence, details as Details);
  if (kind === 'conflict') return new Conflict(sentence);
  if (kind === 'unavailable') return new Unavailable(code, sentence);
  return new Unexpected();
};
