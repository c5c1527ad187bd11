import type { AccountApi, BookApi, TotalsApi } from '#lumbung/contracts';
import { add, type Caller, districtOf, provinceOf, regencyOf } from '#lumbung/kernel';
import { BOOKS, type Books } from './figures/books.js';
import type { Figures } from './figures/figures.js';

export type Shown = Readonly<Record<string, string | number | boolean | null>>;

/** What people are shown of something, beside what the log says of it at any moment. */
export type Comparison = {
  code: string;
  subject: string;
  shown: Shown;
  expected: () => Shown;
};

export type Faces = {
  accounts: Pick<AccountApi, 'balances'>;
  books: Pick<BookApi, 'books' | 'journals'>;
  totals: Pick<TotalsApi, 'totals' | 'region' | 'districts'>;
};

// As many as the faces answer at once.
const CHUNK = 500;

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += CHUNK) yield all.slice(at, at + CHUNK);
}

const one = (value: unknown): Shown[string] =>
  Array.isArray(value) ? value.join(' ') : ((value ?? null) as Shown[string]);

/** The fields of `expected` as they are shown; nothing where there is nothing to show. */
const alike = (document: object | null | undefined, expected: Shown): Shown =>
  Object.fromEntries(
    Object.keys(expected)
      .filter((field) => document && field in document)
      .map((field) => [field, one((document as Record<string, unknown>)[field])]),
  );

const comparison = (
  code: string,
  subject: string,
  document: object | null | undefined,
  expected: () => Shown,
): Comparison => ({ code, subject, shown: alike(document, expected()), expected });

async function* members(figures: Figures, { accounts }: Faces, caller: Caller) {
  for (const ids of chunks([...figures.members.keys()])) {
    const balances = await accounts.balances({ query: { members: ids }, caller });
    yield ids.map((id, index) =>
      comparison('MEMBER_BALANCE_DIFFERS', id, balances[index], () => {
        const member = figures.members.get(id);
        if (!member) throw new TypeError(`no member ${id}`);
        const { pokok, wajib, sukarela, owed, dues } = member;
        const { paidThrough, paidAfter } = dues;
        return { pokok, wajib, sukarela, owed, paidThrough, paidAfter: one(paidAfter) };
      }),
    );
  }
}

async function* cooperatives(figures: Figures, { totals }: Faces, caller: Caller) {
  for (const codes of chunks([...figures.cooperatives.keys()])) {
    const shown = await totals.totals({ query: { cooperatives: codes }, caller });
    yield codes.map((code, index) =>
      comparison('COOPERATIVE_TOTAL_DIFFERS', code, shown[index], () => {
        const cooperative = figures.cooperatives.get(code);
        if (!cooperative) throw new TypeError(`no cooperative ${code}`);
        const { isRegistered: _, hasUmum: started, ...shownToo } = cooperative;
        const { pokok, wajib, sukarela } = shownToo;
        return { ...shownToo, started, simpananTotal: add(pokok, wajib, sukarela) };
      }),
    );
  }
}

async function* booksOf(figures: Figures, folded: Books, { books }: Faces, caller: Caller) {
  for (const cooperative of figures.cooperatives.keys()) {
    const shown = await books.books({ query: { cooperative }, caller });
    yield BOOKS.map((book) => {
      const document = shown.find((other) => other.book === book);
      return comparison('BOOK_DIFFERS', `${cooperative} ${book}`, document, () => {
        const { years: _, ...shownToo } = folded.of(cooperative, book);
        return shownToo;
      });
    });
  }
}

async function* regions(figures: Figures, { totals }: Faces, caller: Caller) {
  const codes = [...figures.cooperatives.keys()];
  const of = (code: string, document: object | null | undefined) =>
    comparison('REGION_TOTAL_DIFFERS', code, document, () => figures.region(code));
  for (const province of new Set(codes.map(provinceOf))) {
    yield [of(province, await totals.region({ query: { code: province }, caller }))];
  }
  for (const regency of new Set(codes.map(regencyOf))) {
    yield [of(regency, await totals.region({ query: { code: regency }, caller }))];
    const districts = await totals.districts({ query: { code: regency }, caller });
    const shown = new Map(districts.map((district) => [district.code, district]));
    const inside = codes.filter((code) => regencyOf(code) === regency).map(districtOf);
    yield [...new Set(inside)].map((code) => of(code, shown.get(code)));
  }
}

/** Everything that is shown of what the log tells, some at a time. */
export async function* allShown(
  figures: Figures,
  books: Books,
  faces: Faces,
  caller: Caller,
): AsyncGenerator<Comparison[]> {
  yield* members(figures, faces, caller);
  yield* cooperatives(figures, faces, caller);
  yield* booksOf(figures, books, faces, caller);
  yield* regions(figures, faces, caller);
}

/** The fields that differ, none when what is shown is what the log says now. */
export const differences = ({ shown, expected }: Comparison): string[] => {
  const now = expected();
  return Object.keys(now).filter((field) => shown[field] !== now[field]);
};
