// biome-ignore lint/suspicious/noExplicitAny: a list of declarations of different data is one list
export type Anything = any;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const DEEPEST = 100;
// They mean something else to whatever copies or encodes an object.
const OF_THE_LANGUAGE = new Set(['__proto__', 'constructor', 'toJSON', '__keys__', 'isShared']);

/**
 * Says where `value` would not survive being stored as JSON (Date, BigInt, undefined, NaN, Map,
 * half a character, more than 100 levels), or nothing.
 */
export const whyNotJson = (value: unknown): string | undefined => {
  const reason = flawOf(value);
  return reason && `$${reason}`;
};

/** Of no class; where it was made, Object's own prototype may be another one. */
const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.hasOwn(prototype, 'isPrototypeOf');
};

// The path is put together on the way back: most values have no flaw, and each key would cost.
const flawOf = (value: unknown, depth = 0): string | undefined => {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : ' is half a character';
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : ` is ${value}`;
  if (typeof value !== 'object') return ` is a ${typeof value}`;
  if (depth === DEEPEST) return ` is more than ${DEEPEST} deep`;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const flaw = flawOf(value[index], depth + 1);
      if (flaw) return `[${index}]${flaw}`;
    }
    return;
  }
  if (!isPlain(value)) return ' is not a plain object';
  for (const key in value) {
    if (OF_THE_LANGUAGE.has(key)) return `.${key} is a name of the language's own`;
    const flaw = flawOf((value as Record<string, unknown>)[key], depth + 1);
    if (flaw) return `.${key}${flaw}`;
  }
};

/** JSON with keys in order, so that equal values have equal text. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
};

type Leaf = string | number | boolean | null | undefined | ((...args: never[]) => unknown);

export type DeepReadonly<T> = T extends Leaf
  ? T
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** What must be there; its absence is a bug, not a refusal. */
export const the = <K extends string, V>(record: Record<K, V>, key: K): NonNullable<V> => {
  const value = record[key];
  if (value === undefined || value === null) throw new TypeError(`nothing at ${key}`);
  return value;
};

/** The same fields without those that are undefined: what JSON would keep. */
export const withoutUndefined = <T extends object>(value: T): T => {
  const kept = {} as T;
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept;
};
