type Sentence = string | ((details: never) => string);

/** Code → the sentence a cashier reads; a function where the sentence needs details. */
export type RejectionTable = Readonly<Record<string, Sentence>>;

type DetailsOf<S> = S extends (details: infer D) => string ? [details: D] : [];

/** Refuses unless `condition` holds. Throws `Rejection`. */
export type Ensure<T extends RejectionTable> = <C extends keyof T & string>(
  condition: unknown,
  code: C,
  ...details: DetailsOf<T[C]>
) => asserts condition;

export type Details = Readonly<Record<string, unknown>>;

/** A business "no": a stable code, a sentence for people, and the details it was made from. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly details: Details = {},
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** Not now, but perhaps later: the caller may try the same command id again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  constructor(
    readonly code: string,
    readonly sentence: string,
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** Somebody else wrote first; whoever decided on the old state decides again, with a bound. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

const sentenceOf = (table: RejectionTable, code: string, details: Details) => {
  const sentence = table[code];
  if (sentence === undefined) throw new TypeError(`no rejection is declared as ${code}`);
  return typeof sentence === 'string' ? sentence : sentence(details as never);
};

export const refuse = <T extends RejectionTable, C extends keyof T & string>(
  table: T,
  code: C,
  ...[details]: DetailsOf<T[C]>
): Rejection => {
  const given = (details ?? {}) as Details;
  return new Rejection(code, sentenceOf(table, code, given), given);
};

/** `ensure` for one service's table, so that only its codes compile. */
export const ensureWith = <T extends RejectionTable>(table: T): Ensure<T> =>
  ((condition: unknown, code: string, details?: Details) => {
    if (!condition) throw refuse(table, code, ...([details] as never));
  }) as Ensure<T>;
