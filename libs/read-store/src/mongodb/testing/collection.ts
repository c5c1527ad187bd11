import type { Document } from 'bson';
import {
  badValue,
  branchesOf,
  type Condition,
  compare,
  conditionsOf,
  holds,
  Refusal,
  valueAt,
} from './values.js';

type Pattern = Record<string, number>;
type Index = { name: string; key: Pattern; partialFilterExpression?: Document | undefined };

const patternText = (pattern: Pattern): string => JSON.stringify(Object.entries(pattern));

const turned = (pattern: Pattern): Pattern =>
  Object.fromEntries(Object.entries(pattern).map(([path, direction]) => [path, -direction]));

const gives = ({ key }: Index, sort: Pattern): boolean =>
  [patternText(key), patternText(turned(key))].includes(patternText(sort));

const conditionText = ({ path, operator, operand }: Condition) =>
  JSON.stringify([path, operator, operand]);

/** True where the conditions are those of the index, so that all they find is in it. */
const isWithin = ({ partialFilterExpression = {} }: Index, conditions: Condition[]): boolean => {
  const asked = new Set(conditions.map(conditionText));
  return conditionsOf(partialFilterExpression).every((one) => asked.has(conditionText(one)));
};

/** True where the conditions are one stretch of the index: equal values, then bounds on one. */
const isStretch = ({ key }: Index, conditions: Condition[]): boolean => {
  const binding = conditions.filter(({ operator }) => operator !== '$exists');
  const on = Object.keys(key).map((path) => binding.filter((one) => one.path === path));
  const open = on.findIndex((ones) => !ones.some(({ operator }) => operator === '$eq'));
  const beyond = open < 0 ? [] : on.slice(open + 1).flat();
  return beyond.length === 0 && on.flat().length === binding.length;
};

const serves = (index: Index, filter: Document, sort: Pattern): boolean =>
  gives(index, sort) &&
  branchesOf(filter)
    .map(conditionsOf)
    .every((conditions) => isWithin(index, conditions) && isStretch(index, conditions));

const byPattern = (sort: Pattern) => (a: Document, b: Document) => {
  for (const [path, direction] of Object.entries(sort)) {
    const sign = compare(valueAt(a, path), valueAt(b, path));
    if (sign !== 0) return sign * direction;
  }
  return 0;
};

/** One collection: its documents by `_id`, which is a text here, and its indexes. */
export class CollectionDouble {
  readonly documents = new Map<string, Document>();
  private readonly indexes = new Map<string, Index>([['_id_', { name: '_id_', key: { _id: 1 } }]]);

  createIndex({ name, key, partialFilterExpression, ...rest }: Index): void {
    if (Object.keys(rest).length > 0) throw badValue(`unknown index options: ${Object.keys(rest)}`);
    const twin = [...this.indexes.values()].find(
      (one) => patternText(one.key) === patternText(key),
    );
    if (twin && twin.name !== name) {
      throw new Refusal(85, 'IndexOptionsConflict', `the index exists as ${twin.name}`);
    }
    this.indexes.set(name, { name, key, partialFilterExpression });
  }

  /** MongoDB would sort in memory or look at every document; here that is refused. */
  find(filter: Document, sort: Pattern, hint?: Pattern): Document[] {
    const branches = branchesOf(filter).map(conditionsOf);
    const isSorted = Object.keys(sort).length > 0;
    if (isSorted) this.ensureServed(filter, sort, hint);
    else if (!branches.every((conditions) => conditions.some(({ path }) => path === '_id'))) {
      throw new Refusal(291, 'NoQueryExecutionPlans', 'the double does not scan a collection');
    }
    const found = this.candidates(branches).filter((document) =>
      branches.some((conditions) => conditions.every((one) => holds(document, one))),
    );
    return isSorted ? found.sort(byPattern(sort)) : found;
  }

  private ensureServed(filter: Document, sort: Pattern, hint?: Pattern): void {
    const indexes = [...this.indexes.values()];
    const hinted = hint
      ? indexes.filter(({ key }) => patternText(key) === patternText(hint))
      : indexes;
    if (hinted.length === 0) {
      throw badValue('hint provided does not correspond to an existing index');
    }
    if (!hinted.some((index) => serves(index, filter, sort))) {
      const asked = JSON.stringify({ filter, sort });
      throw new Refusal(291, 'NoQueryExecutionPlans', `no index serves ${asked}`);
    }
  }

  private candidates(branches: Condition[][]): Document[] {
    const [only = [], ...others] = branches;
    const byId = only.find(({ path, operator }) => path === '_id' && /^\$(eq|in)$/.test(operator));
    if (!byId || others.length > 0) return [...this.documents.values()];
    const ids = [...new Set([byId.operand].flat())] as string[];
    return ids.map((id) => this.documents.get(id)).filter((document) => document !== undefined);
  }
}
