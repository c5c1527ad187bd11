import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { instantAt } from '#lumbung/kernel';
import { events, range } from '../../contract/samples.contract.js';
import { foldLog, openLogEventStore } from '../index.js';

const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
const execArgv = ['--conditions', 'source', '--import', './test/typescript.js'];

const NAMES = `
  export const fold = async (events, input, part) => {
    const names = {};
    for await (const batch of events) {
      for (const { stream, data } of batch) (names[stream] ??= []).push(data.name);
    }
    if (input === 'fail') throw new Error('no such luck');
    return { names, part, input };
  };
`;

describe('a fold on several threads', () => {
  let folder: string;
  let module: URL;
  const path = () => join(folder, 'log');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-fold-'));
    module = pathToFileURL(join(folder, 'names.mjs'));
    await writeFile(module, NAMES);
    const random = { bytes: randomBytes };
    const store = await openLogEventStore({ path: path(), random, clock, segmentBytes: 8 << 10 });
    for (const n of range(200)) await store.append(`a-${n % 20}`, events(n), 'any');
    await store.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('gives each stream to one of them, whole and in order, and answers with states', async () => {
    type State = { names: Record<string, number[]>; part: unknown; input: unknown };
    const states = await foldLog<State>({
      ...{ path: path(), module, workers: 3, input: { as: 'given' }, execArgv },
    });
    expect(states.map(({ part }) => part)).toEqual(range(3).map((index) => ({ index, of: 3 })));
    expect(states[0]?.input).toEqual({ as: 'given' });
    const streams = states.flatMap(({ names }) => Object.keys(names));
    expect(new Set(streams).size).toBe(20);
    expect(streams).toHaveLength(20);
    for (const { names } of states) {
      expect(Object.keys(names).length).toBeGreaterThan(0);
      for (const [stream, its] of Object.entries(names)) {
        expect(its).toEqual(range(10).map((n) => n * 20 + Number(stream.slice(2))));
      }
    }
  });

  it('fails as one of them does', async () => {
    const failing = foldLog({ path: path(), module, workers: 2, input: 'fail', execArgv });
    await expect(failing).rejects.toThrow('no such luck');
    const missing = foldLog({ path: join(folder, 'none'), module, workers: 1, execArgv });
    await expect(missing).rejects.toThrow();
  });
});
