import type { Document } from 'bson';

/** What the server answers in place of what it was asked for. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
  ) {
    super(message);
  }
}

export const badValue = (message: string) => new Refusal(2, 'BadValue', message);

// Of the documented order of BSON types: null and what is missing, numbers, texts, booleans.
const RANKS: Record<string, number> = { undefined: 1, number: 2, string: 3, boolean: 8 };
const TYPES: Record<string, string> = { number: 'number', string: 'string', bool: 'boolean' };

const rankOf = (value: unknown): number => {
  const rank = value === null ? 1 : RANKS[typeof value];
  if (rank === undefined) throw badValue(`the double does not compare ${JSON.stringify(value)}`);
  return rank;
};

/** Numbers, texts by their bytes in UTF-8, false and true, each kind after the one before. */
export const compare = (a: unknown, b: unknown): number => {
  const kinds = rankOf(a) - rankOf(b);
  if (kinds !== 0) return kinds;
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  return Number(a ?? 0) - Number(b ?? 0);
};

const isPlain = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const valueAt = (document: Document, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (isPlain(value) ? value[name] : undefined), document);

const listIn = (operand: unknown): unknown[] => {
  if (!Array.isArray(operand)) throw badValue('needs an array');
  return operand;
};

const typeOf = (alias: unknown): string => {
  const type = TYPES[String(alias)];
  if (type === undefined) throw badValue(`the double does not know the type ${alias}`);
  return type;
};

/** Bounds reach values of their own kind only. */
const ordered = (holds: (sign: number) => boolean) => (value: unknown, operand: unknown) =>
  rankOf(value) === rankOf(operand) && holds(compare(value, operand));

const OPERATORS: Record<string, (value: unknown, operand: unknown) => boolean> = {
  $eq: (value, operand) => compare(value, operand) === 0,
  $lt: ordered((sign) => sign < 0),
  $lte: ordered((sign) => sign <= 0),
  $gt: ordered((sign) => sign > 0),
  $gte: ordered((sign) => sign >= 0),
  $in: (value, operand) => listIn(operand).some((one) => compare(value, one) === 0),
  $exists: (value, operand) => (value !== undefined) === Boolean(operand),
  $type: (value, operand) =>
    [operand]
      .flat()
      .map(typeOf)
      .includes(typeof value),
};

/** A condition on one path, one operator each. */
export type Condition = { path: string; operator: string; operand: unknown };

/** All conditions of a filter that has no `$or`. */
export const conditionsOf = (filter: Document): Condition[] =>
  Object.entries(filter).flatMap(([name, condition]) => {
    if (name === '$and') return listIn(condition).flatMap((one) => conditionsOf(one as Document));
    if (name.startsWith('$')) throw badValue(`unknown top level operator: ${name}`);
    const operators = isPlain(condition) ? condition : { $eq: condition };
    return Object.entries(operators).map(([operator, operand]) => ({
      path: name,
      operator,
      operand,
    }));
  });

/** The filters of which one must hold: those of a `$or` at the top, else the filter alone. */
export const branchesOf = (filter: Document): Document[] => {
  const { $or, ...rest } = filter;
  if ($or === undefined) return [filter];
  if (Object.keys(rest).length > 0) throw badValue('the double takes no $or beside another');
  return listIn($or) as Document[];
};

export const holds = (document: Document, { path, operator, operand }: Condition): boolean => {
  const operate = OPERATORS[operator];
  if (!operate) throw badValue(`unknown operator: ${operator}`);
  return operate(valueAt(document, path), operand);
};
