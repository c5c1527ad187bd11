import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EventStore } from '../port.js';
import { anEvent, collect, type Name, names, range } from './samples.contract.js';

/** A store that keeps its events in a folder; `opener` is what its entry exports. */
export type Durable = {
  entry: string;
  opener: string;
  open: (path: string) => Promise<EventStore>;
};

// 16 writers of a stream each, until one fails; prints the name of each acknowledged event.
const writerOf = ({ entry, opener }: Durable) => `
  import { randomUUID } from 'node:crypto';
  import { writeSync } from 'node:fs';
  import { ${opener} } from '#lumbung/event-store/${entry}';
  const random = { bytes: (count) => new Uint8Array(count) };
  const clock = { now: () => new Date().toISOString() };
  const store = await ${opener}({ path: process.argv[1], random, clock });
  const write = async (writer) => {
    for (let n = 0; ; n++) {
      const name = writer + ':' + n;
      const data = { name, padding: '.'.repeat(1000) };
      const event = { id: randomUUID(), type: 'test.Happened', version: 1, data, metadata: {} };
      await store.append('w-' + writer, [event], n === 0 ? 'none' : n - 1);
      writeSync(1, name + '\\n');
    }
  };
  const failing = Array.from({ length: 16 }, (_, writer) => write(writer).catch((error) => error));
  const first = await Promise.race(failing);
  const later = await write('later').catch((error) => error);
  writeSync(1, first.name + ' ' + first.message + '\\n' + later.name);
`;
const RUN = ['--conditions', 'source', '--import', './test/typescript.js'];
/** Runs 16 writers in a process of their own. */
export const argumentsOf = (durable: Durable) => [
  ...RUN,
  ...['--input-type=module', '--eval', writerOf(durable)],
];

/** What every event store does that outlives its process, whatever ends that. */
export const diskContract = (durable: Durable) => {
  const { open } = durable;
  let folder: string;
  let count = 0;
  const newPath = () => join(folder, `${count++}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lumbung-events-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (path: string): Promise<Name[]> => {
    const store = await open(path);
    const all = await collect(store.readAll());
    await store.close();
    return names(all);
  };

  describe(`event store: ${durable.entry} on disk`, () => {
    it('is the same store when it is opened again, and goes on where it ended', async () => {
      const path = newPath();
      const before = await open(path);
      const { position } = await before.append('a-1', [anEvent(0), anEvent(1)], 'none');
      await before.close();
      const after = await open(path);
      expect(after.id).toBe(before.id);
      expect(await after.head()).toBe(position);
      expect((await after.append('a-1', [anEvent(2)], 1)).revision).toBe(2);
      await after.close();
      expect(await written(path)).toEqual([0, 1, 2]);
    });

    it('reads events of very many shapes when it is opened again', async () => {
      const path = newPath();
      const shapes = range(1500).map((n) => ({
        ...anEvent(n),
        data: { name: n, [`field${n}`]: { [`inner${n % 700}`]: n }, [`35.06.${n}`]: n },
      }));
      const before = await open(path);
      await Promise.all(shapes.map((shape) => before.append('a-1', [shape], 'any')));
      await before.close();
      const after = await open(path);
      const data = (await collect(after.readAll())).map((event) => event.data);
      await after.close();
      expect(data).toEqual(shapes.map((shape) => shape.data));
    });

    it('loses no acknowledged event to kill -9', async () => {
      const path = newPath();
      const writer = spawn(process.execPath, [...argumentsOf(durable), path]);
      const acknowledged: Name[] = [];
      for await (const line of createInterface({ input: writer.stdout })) {
        acknowledged.push(line);
        if (acknowledged.length === 1000) writer.kill('SIGKILL');
      }
      const found = new Set(await written(path));
      expect(acknowledged.length).toBeGreaterThanOrEqual(1000);
      expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);
    });
  });
};
