import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { instantAt } from '#lumbung/kernel';
import { anEvent, events, range } from '../../contract/samples.contract.js';
import { foldLog, openLogEventStore } from '../index.js';

const clock = { now: () => instantAt(Date.now()), elapsed_ms: () => performance.now() };
const execArgv = ['--conditions', 'source', '--import', './test/typescript.js'];

// Several batches of them, so that there is something to leave out.
const COUNT = 20_000;

const NAMES = `
  import { writeFile } from 'node:fs/promises';
  export const fold = async ({ log, input, part, signal, report }) => {
    const names = {};
    for await (const batch of log.readPart(part)) {
      for (const { stream, data } of batch) (names[stream] ??= []).push(data.name);
      report(batch.length);
    }
    if (input === 'wait') {
      const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (!signal.aborted) await stopped;
      return 'stopped';
    }
    if (input === 'fail') throw new Error('no such luck');
    if (input === 'one fails' && part.index === 0) throw new Error('no such luck');
    if (input === 'one fails') {
      while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
      await writeFile(new URL('ended', import.meta.url), '');
    }
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
    const more = Array.from({ length: COUNT }, (_, n) => anEvent(n));
    await store.append('more-1', more, 'none');
    await store.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('gives each stream to one of them, whole and in order, and answers with states', async () => {
    type State = { names: Record<string, number[]>; part: unknown; input: unknown };
    const told = [0, 0, 0];
    const states: State[] = await foldLog({
      ...{ path: path(), module, workers: 3, input: { as: 'given' }, execArgv },
      onProgress: (events: number, { index }) => {
        told[index] = (told[index] ?? 0) + events;
      },
    });
    expect(states.map(({ part }) => part)).toEqual(range(3).map((index) => ({ index, of: 3 })));
    expect(states[0]?.input).toEqual({ as: 'given' });
    const streams = states.flatMap(({ names }) => Object.keys(names));
    expect(new Set(streams).size).toBe(21);
    expect(streams).toHaveLength(21);
    expect(told).toEqual(states.map(({ names }) => Object.values(names).flat().length));
    for (const { names } of states) {
      expect(Object.keys(names).length).toBeGreaterThan(0);
      for (const [stream, its] of Object.entries(names)) {
        if (stream === 'more-1') continue;
        expect(its).toEqual(range(10).map((n) => n * 20 + Number(stream.slice(2))));
      }
    }
  });

  it('fails as one of them does', async () => {
    const failing = foldLog({ path: path(), module, workers: 2, input: 'fail', execArgv });
    await expect(failing).rejects.toThrow('no such luck');
    const nowhere = { path: join(folder, 'none'), module, workers: 1, input: {}, execArgv };
    await expect(foldLog(nowhere)).rejects.toThrow();
  });

  it('stops in the midst of the log when it is told to, and says why', async () => {
    const stopping = new AbortController();
    const { signal } = stopping;
    let told = 0;
    const asked = { path: path(), module, workers: 2, input: 'given', execArgv, signal };
    const onProgress = (events: number) => {
      told += events;
      stopping.abort(new Error('enough'));
    };
    await expect(foldLog({ ...asked, onProgress })).rejects.toThrow('enough');
    expect(told).toBeLessThan(COUNT / 2);
    await expect(foldLog(asked)).rejects.toThrow('enough');
  });

  it('ends the others when one fails, before it says so', async () => {
    const asked = { path: path(), module, workers: 2, input: 'one fails', execArgv };
    await expect(foldLog(asked)).rejects.toThrow('no such luck');
    expect(existsSync(new URL('ended', module))).toBe(true);
  });

  it('fails as whoever hears of its way does', async () => {
    const asked = { path: path(), module, workers: 1, input: 'given', execArgv };
    const onProgress = () => {
      throw new Error('deaf');
    };
    await expect(foldLog({ ...asked, onProgress })).rejects.toThrow('deaf');
  });

  it('is what a store with threads does, while it is written', async () => {
    const random = { bytes: randomBytes };
    const threads = { workers: 2, execArgv };
    const plain = await openLogEventStore({ path: join(folder, 'plain'), random, clock });
    expect(plain.fold).toBeUndefined();
    await plain.close();
    const store = await openLogEventStore({ path: path(), random, clock, threads });
    await store.append('b-1', events(7), 'none');
    const states = await store.fold?.<{ names: Record<string, number[]> }, string, number>({
      ...{ module, input: 'given' },
    });
    const cut = [1, 2].map(() => store.fold?.({ module, input: 'given' }));
    await store.close();
    for (const fold of cut) await expect(fold).rejects.toThrow('closed');
    expect(Object.assign({}, ...(states ?? []).map(({ names }) => names))).toMatchObject({
      'b-1': [7],
    });
  });
});
