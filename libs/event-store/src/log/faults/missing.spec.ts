import { SEGMENT_HEADER } from '../segment/format.js';
import { FaultyDisk, type Files } from './testing/faulty-disk.js';
import { machine, nothingYet, openOn, TURNS, takeTurns } from './testing/workload.js';

/** A log of several segments; the last one has just been begun, and nothing is in it. */
const begun = async (): Promise<Files> => {
  const disk = new FaultyDisk();
  const store = await openOn(disk, machine());
  await takeTurns(store, TURNS, nothingYet());
  await store.close();
  const files = new Map(disk.left('synced'));
  const last = segmentsOf(files).at(-1) as string;
  files.set(last, Buffer.from(files.get(last) ?? []).fill(0, SEGMENT_HEADER));
  files.delete(last.replace('seg', 'idx'));
  return files;
};

const segmentsOf = (files: Files) =>
  [...files.keys()].filter((name) => name.endsWith('.seg')).sort();

const without = (files: Files, name: string | undefined): Files =>
  new Map([...files].filter(([other]) => other !== name));

const refusal = (files: Files) =>
  openOn(new FaultyDisk(files)).then(
    () => undefined,
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a log of which a segment is missing', () => {
  let files: Files;
  beforeAll(async () => {
    files = await begun();
  });

  it('is opened when none is, though the last is empty', async () => {
    expect(segmentsOf(files).length).toBeGreaterThan(3);
    expect(await refusal(files)).toBeUndefined();
  });

  it('is refused when it is one in the midst', async () => {
    for (const name of segmentsOf(files).slice(0, -2)) {
      expect(await refusal(without(files, name))).toMatch(/^StoreUnavailable: .+\.seg is damaged/);
    }
  });

  it('is refused when it is the last with anything in it', async () => {
    const name = segmentsOf(files).at(-2);
    expect(await refusal(without(files, name))).toMatch(/^StoreUnavailable: .+\.seg is damaged/);
  });
});
