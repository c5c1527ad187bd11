import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type {
  AnyEventDeclaration,
  AnyProjection,
  AnyWorkflow,
  PublicMapping,
  StreamDeclaration,
} from '#lumbung/kernel';

const LIBS = resolve(import.meta.dirname, '../../libs');
const SOURCE = /^[^/]+\/src\/(?!testing\/)(?!.+\/testing\/).+(?<!\.spec|\.contract)\.ts$/;
const PURE = /\.(api|decider|events|projection|public|stream|workflow)\.ts$/;

/** Makes the stream of one workflow's processes: the only streams that are not exported whole. */
type ProcessStream = (workflow: AnyWorkflow) => StreamDeclaration;

export type Declared = {
  events: AnyEventDeclaration[];
  projections: AnyProjection[];
  mappings: PublicMapping[];
  /** The stream that a stored event lies in, by the stream's id. */
  streamOf: (id: string) => StreamDeclaration;
};

const has = <T>(value: unknown, ...fields: string[]): value is T =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  fields.every((field) => field in value);

const isEvent = (value: unknown): value is AnyEventDeclaration =>
  typeof value === 'function' && has(value, 'type', 'version', 'schema', 'upcasters');
const isStream = (value: unknown): value is StreamDeclaration => has(value, 'category', 'slices');
const isProjection = (value: unknown): value is AnyProjection => has(value, 'clausesFor');
const isMapping = (value: unknown): value is PublicMapping => has(value, 'from', 'to', 'map');
const isWorkflow = (value: unknown): value is AnyWorkflow => has(value, 'since', 'on');
const isProcessStream = (value: unknown): value is ProcessStream =>
  typeof value === 'function' && value.name === 'processStream';

const sources = async () =>
  (await readdir(LIBS, { recursive: true })).filter((path) => SOURCE.test(path)).sort();

/** Everything that the pure files of all libraries export; lists of mappings, one by one. */
const exported = async (): Promise<unknown[]> => {
  const all: unknown[] = [];
  for (const path of (await sources()).filter((one) => PURE.test(one))) {
    all.push(...Object.values((await import(join(LIBS, path))) as object).flat());
  }
  return all;
};

const streamsBy = (all: readonly unknown[]): Declared['streamOf'] => {
  const streams = new Map(all.filter(isStream).map((one) => [one.category, one]));
  const workflows = new Map(all.filter(isWorkflow).map((one) => [one.name, one]));
  const processStream = all.find(isProcessStream);
  return (id) => {
    // `{category}-{keys}`; a process lies in `workflow-{name}.{process}`.
    const [, category = '', key = ''] = /^([a-z]+)-([^.]+)/.exec(id) ?? [];
    const workflow = workflows.get(key);
    const stream = workflow ? processStream?.(workflow) : streams.get(category);
    if (stream?.category !== category) throw new TypeError(`nothing is declared of ${id}`);
    return stream;
  };
};

/** What the libraries declare, found by walking what they export. */
export const declared = async (): Promise<Declared> => {
  const all = await exported();
  const streams = all.filter(isStream);
  const mappings = all.filter(isMapping);
  const projections = all.filter(isProjection);
  const events = [
    ...all,
    ...streams.flatMap(({ slices }) => Object.values(slices).flatMap((slice) => slice.events)),
    ...streams.map(({ checkpoint }) => checkpoint?.event),
    ...mappings.flatMap(({ from, to }) => [from, to]),
    ...projections.flatMap(({ declarations }) => declarations),
    ...all.filter(isWorkflow).flatMap(({ on }) => on.map(({ declaration }) => declaration)),
  ].filter(isEvent);
  return { events: [...new Set(events)], projections, mappings, streamOf: streamsBy(all) };
};

const DECLARING = /\b(?:event|publicEvent|checkpointEvent)\(\s*'([\w.]+)'/g;

/** The types that sources declare by name, so that none escapes the walk. */
export const typesInSources = async (): Promise<string[]> => {
  const texts = (await sources()).map((path) => readFile(join(LIBS, path), 'utf8'));
  const found = (await Promise.all(texts)).flatMap((text) => [...text.matchAll(DECLARING)]);
  return [...new Set(found.map(([, type]) => type ?? ''))].sort();
};
