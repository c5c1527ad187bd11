import {
  entryAfter,
  FEED_START,
  type FeedEntry,
  type FeedPlace,
  instant,
  type PlainDate,
  type RegencyCode,
  uuidOf,
} from '#lumbung/kernel';
import type { FeedLine, Heard } from './line.js';

const entries = (count: number, regency: string): FeedEntry[] => {
  let place: FeedPlace = FEED_START;
  return Array.from({ length: count }, (_, index) => {
    const entry = entryAfter(place, regency as RegencyCode, {
      ...{ id: uuidOf('told', index), type: 'test.Told', version: 1, data: { index } },
      ...{ correlationId: 'test', causationId: uuidOf('cause', index) },
      recordedAt: instant('2026-03-02T02:00:00.000Z'),
      businessDate: '2026-03-02' as PlainDate,
    });
    place = entry;
    return entry;
  });
};

const sequenceOf = ({ payload }: Heard) => (payload as FeedEntry).sequence;

type Make = () => { line: FeedLine; regency: string };

const begunBy = (make: Make) => async (count: number) => {
  const { line, regency } = make();
  const generation = await line.begin(1);
  const all = entries(count, regency);
  for (const entry of all) await line.publish(generation, entry);
  return { line, generation, all };
};

/** Takes groups until `count` have come; `mayBeDone` says which need not come again. */
const heardOf = async (
  line: FeedLine,
  { name = 'province', after = 0, count = 1, mayBeDone = (_: Heard): boolean => true } = {},
) => {
  const stopped = new AbortController();
  const heard: number[] = [];
  for await (const group of line.listen(name, after, stopped.signal)) {
    for (const one of group) {
      heard.push(sequenceOf(one));
      if (mayBeDone(one)) one.done();
    }
    if (heard.length >= count) break;
  }
  stopped.abort();
  return heard;
};

const holds = (make: Make): void => {
  const begun = begunBy(make);

  it('carries nothing before it began', async () => {
    const { line } = make();
    expect(await line.latest()).toBeUndefined();
    await expect(heardOf(line)).rejects.toMatchObject({ name: 'Unavailable' });
  });

  it('holds each entry at its own sequence', async () => {
    const { line, generation, all } = await begun(3);
    expect(await line.latest()).toMatchObject({ generation: 1, last: 3 });
    expect(await line.entry(generation, 2)).toEqual(all[1]);
    expect(await line.entry(generation, 4)).toBeUndefined();
    expect(await line.begin(1)).toMatchObject({ generation: 1, last: 3 });
  });

  it('takes an entry once, and only after the one before it', async () => {
    const { line, regency } = make();
    const generation = await line.begin(1);
    const [first, second, third] = entries(3, regency) as [FeedEntry, FeedEntry, FeedEntry];
    await expect(line.publish(generation, second)).rejects.toMatchObject({ name: 'Unavailable' });
    await line.publish(generation, first);
    await line.publish(generation, first);
    await expect(line.publish(generation, third)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(await line.latest()).toMatchObject({ last: 1 });
  });
};

const isHeard = (make: Make): void => {
  const begun = begunBy(make);

  it('by each consumer: all that comes after where it is, also what comes later', async () => {
    const { line, generation } = await begun(2);
    const later = entries(4, ((await line.entry(generation, 1)) as FeedEntry).regency).slice(2);
    const hearing = heardOf(line, { count: 4 });
    for (const entry of later) await line.publish(generation, entry);
    expect(await hearing).toEqual([1, 2, 3, 4]);
    expect(await heardOf(line, { name: 'bank', after: 1, count: 3 })).toEqual([2, 3, 4]);
  });

  it('again where it was not done, though some after it was', async () => {
    const { line } = await begun(3);
    const mayBeDone = (one: Heard) => sequenceOf(one) !== 2;
    expect(await heardOf(line, { count: 3, mayBeDone })).toEqual([1, 2, 3]);
    expect(await heardOf(line, { after: 1, count: 2 })).toEqual([2, 3]);
    expect(await heardOf(line, { after: 0, count: 3 })).toEqual([1, 2, 3]);
  });

  it('until its generation ends', async () => {
    const { line, generation, all } = await begun(1);
    const heard: number[] = [];
    const listening = async () => {
      const never = new AbortController().signal;
      for await (const group of line.listen('province', 0, never)) {
        heard.push(...group.map(sequenceOf));
        const next = await line.begin(2);
        await line.end(generation);
        await line.publish(next, all[0] as FeedEntry);
      }
    };
    await listening().catch((error) => expect(error).toMatchObject({ name: 'Unavailable' }));
    expect(heard).toEqual([1]);
    expect(await heardOf(line)).toEqual([1]);
    await line.end(generation);
    expect(await line.latest()).toMatchObject({ generation: 2, last: 1 });
  });
};

/** What every line does, over which `make` makes one for a regency. */
export const lineContract = (make: Make): void => {
  describe('holds what is put on it', () => holds(make));
  describe('is heard', () => isHeard(make));
};
