import type { CooperativeSort } from '#lumbung/contracts';

type Asked = {
  regency: string;
  district?: string;
  search?: string;
  started?: boolean;
  sort?: CooperativeSort;
};

type Sorted = { code: string } & Record<(typeof ORDERS)[CooperativeSort], string | number>;

type Chosen = {
  index: string;
  equals: Record<string, string | boolean>;
  range?: { prefix: string };
};

const SCOPES = {
  regency: ['regency'],
  regencyStarted: ['regency', 'started'],
  district: ['district'],
  districtStarted: ['district', 'started'],
} as const;

const ORDERS = {
  CODE: 'code',
  NAME: 'sortName',
  MEMBERS: 'memberCount',
  SIMPANAN: 'simpananTotal',
  LAST_ENTRY: 'lastEntry',
} as const satisfies Record<CooperativeSort, string>;

type Field = (typeof SCOPES)[keyof typeof SCOPES][number] | (typeof ORDERS)[CooperativeSort];

const nameOf = (scope: string, sort: string) => `${scope}By${sort}`;

/** An index for every scope in every order in which a list of cooperatives is offered. */
export const LISTING_INDEXES: Record<string, Field[]> = Object.fromEntries(
  Object.entries(SCOPES).flatMap(([scope, fields]) =>
    Object.entries(ORDERS).map(([sort, order]) => [nameOf(scope, sort), [...fields, order]]),
  ),
);

/**
 * The declared index that answers a list of cooperatives. A search is by the beginning of the
 * village's name, and so in the order of names.
 */
export const indexFor = ({ regency, district, search, started, sort = 'CODE' }: Asked): Chosen => {
  const scope = district === undefined ? 'regency' : 'district';
  const region: Record<string, string> = district === undefined ? { regency } : { district };
  const equals = started === undefined ? region : { ...region, started };
  const name = started === undefined ? scope : `${scope}Started`;
  if (!search) return { index: nameOf(name, sort), equals };
  return { index: nameOf(name, 'NAME'), equals, range: { prefix: search.toLowerCase() } };
};

/** Whether a search is wanted in an order that no index of names gives. */
export const isSortedSearch = ({ search, sort = 'NAME' }: Asked): boolean =>
  search !== undefined && search !== '' && sort !== 'NAME';

/** What a search has found, all of it, in the order asked; the code decides between equals. */
export const inOrder = <Found extends Sorted>(
  found: readonly Found[],
  sort: CooperativeSort,
  descending: boolean,
): Found[] => {
  const field = ORDERS[sort];
  const before = (a: Found, b: Found) =>
    a[field] === b[field] ? a.code < b.code : a[field] < b[field];
  const sorted = [...found].sort((a, b) => (before(a, b) ? -1 : 1));
  return descending ? sorted.reverse() : sorted;
};
