import type { Caller } from '#lumbung/kernel';
import type { Bus } from '#lumbung/transport';
import { memberIdOf } from './enrol.js';
import type { Remark } from './report.js';
import { alreadyMembers, asEnrolled, type Candidate, remarksOn, type Terms } from './rules.js';
import { inChunks, type Row } from './source.js';

/** A file, and what it is held against. */
export type Reading = {
  bus: Bus;
  caller: Caller;
  terms: Terms;
  hash: string;
  /** The rows of the file from its start, each time anew. */
  rows: () => AsyncGenerator<Row>;
};

/** Some rows: what is said of them, the lines with an error, and those that may be enrolled. */
export type Judged = {
  chunk: readonly Row[];
  remarks: Remark[];
  bad: ReadonlySet<number>;
  good: Candidate[];
};

const CHUNK = 200;

const judge = async (
  { bus, caller, terms, hash }: Reading,
  chunk: readonly Row[],
): Promise<Judged> => {
  const { cooperative } = terms;
  const checked = chunk.flatMap(({ checked: { line, member } }) =>
    member ? [{ line, member, id: memberIdOf({ cooperative, hash }, line) }] : [],
  );
  const candidates = await asEnrolled({ bus, caller }, checked);
  const remarks: Remark[] = [
    ...chunk.flatMap((row) => row.checked.findings),
    ...candidates.flatMap(({ line, member }) => remarksOn(line, member, terms)),
    ...(await alreadyMembers({ bus, caller }, cooperative, candidates)),
  ].sort((a, b) => a.line - b.line);
  const errors = remarks.filter(({ severity }) => severity === 'error');
  const bad = new Set(errors.map(({ line }) => line));
  return { chunk, remarks, bad, good: candidates.filter(({ line }) => !bad.has(line)) };
};

/** Judges the file from its start, some rows at a time. */
export async function* judged(reading: Reading): AsyncGenerator<Judged> {
  for await (const chunk of inChunks(reading.rows(), CHUNK)) yield judge(reading, chunk);
}
