import { StoreUnavailable } from '#lumbung/event-store';
import type { FeedEntry } from '#lumbung/kernel';
import type { FeedLine } from '#lumbung/transport';
import { memoryLine } from '#lumbung/transport/memory-line';
import { write } from '../testing/coin-log.js';
import { coinsOf, over, telling } from '../testing/telling.js';

/** What the newest generation of a line holds. */
const heldBy = async (line: FeedLine) => {
  const latest = await line.latest();
  if (!latest) return { generation: 0, coins: [] };
  const entries: FeedEntry[] = [];
  for (let sequence = 1; sequence <= latest.last; sequence++) {
    entries.push((await line.entry(latest, sequence)) as FeedEntry);
  }
  return { generation: latest.generation, coins: entries.map(coinsOf) };
};

const opened = async (coins: number[]) => {
  const told = telling();
  await write(told.store, coins);
  await told.run(told.relayOver());
  const line = memoryLine();
  return {
    ...told,
    line,
    lose: () => line.lose(),
    reach: (is: boolean) => line.reach(is),
    spoil: (payload: unknown) => line.spoil(payload),
  };
};

describe('the publisher', () => {
  it('puts what was told on a line, and goes on where the line ends', async () => {
    const { store, run, publisherTo, relayOver, line } = await opened([1, 2]);
    await run(publisherTo(line));
    expect(await heldBy(line)).toEqual({ generation: 1, coins: [1, 2] });
    await write(store, [3]);
    const publisher = publisherTo(line);
    await run(relayOver(), publisher);
    expect(await heldBy(line)).toEqual({ generation: 1, coins: [1, 2, 3] });
    expect([publisher.published, publisher.line]).toEqual([3, 'line-1']);
  });

  it('puts all of it on a line of its own where a broker has lost it', async () => {
    const { store, publisherTo, relayOver, line, lose, pass, failures } = await opened([1, 2]);
    const [relay, publisher] = [relayOver(), publisherTo(line)];
    await relay.start();
    publisher.start();
    await pass();
    // Nothing is told meanwhile, and yet somebody may be waiting for what was.
    lose();
    await pass();
    expect(await heldBy(line)).toEqual({ generation: 2, coins: [1, 2] });
    lose();
    await write(store, [3]);
    await pass();
    expect(await heldBy(line)).toEqual({ generation: 3, coins: [1, 2, 3] });
    await publisher.stop();
    await relay.stop();
    expect(failures).toEqual([]);
  });

  it('begins another generation where a line holds something else', async () => {
    const { run, publisherTo, line, spoil } = await opened([1, 2]);
    await run(publisherTo(line));
    spoil({ sequence: 3, hash: 'of a log that was restored to an earlier day' });
    await run(publisherTo(line));
    expect(await heldBy(line)).toEqual({ generation: 2, coins: [1, 2] });
  });

  it('waits for a broker that is out of reach', async () => {
    const { run, publisherTo, line, reach, pass, failures } = await opened([1, 2]);
    reach(false);
    const publisher = publisherTo(line);
    publisher.start();
    await pass();
    expect(publisher.line).toBeNull();
    reach(true);
    await pass();
    expect(await heldBy(line)).toEqual({ generation: 1, coins: [1, 2] });
    reach(false);
    await pass();
    expect(publisher.line).toBeNull();
    reach(true);
    await pass();
    expect(publisher.line).toBe('line-1');
    await publisher.stop();
    expect(failures).toEqual([]);
    await run();
  });

  it('puts each entry there once when two do it', async () => {
    const { run, publisherTo, relayOver, line, store } = await opened([1, 2, 3]);
    const more = write(store, [4, 5, 6]);
    await Promise.all([run(relayOver(), publisherTo(line), publisherTo(line)), more]);
    expect(await heldBy(line)).toEqual({ generation: 1, coins: [1, 2, 3, 4, 5, 6] });
  });

  it('waits for a log that cannot be read, and says when it is broken in itself', async () => {
    const { store, run, publisherTo, line, failures } = await opened([1]);
    let reads = 0;
    const unsure = {
      ...store,
      readStream: (...asked: Parameters<typeof store.readStream>) => {
        if (reads++ === 0) throw new StoreUnavailable('the connection broke');
        return store.readStream(...asked);
      },
    };
    await run(publisherTo(line, unsure));
    expect(await heldBy(line)).toEqual({ generation: 1, coins: [1] });
    const broken = { ...over(line), latest: () => Promise.reject(new TypeError('a bug')) };
    await run(publisherTo(broken));
    expect(failures).toEqual([new TypeError('a bug')]);
  });
});
