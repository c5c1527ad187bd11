import { anEvent, at, type Means, namesOf, outcome, say, someEvents } from './client.js';

const streams = async (means: Means) => {
  const { client } = means;
  await client.appendToStream('read-1', someEvents(means, 5), at('no_stream'));
  const read = (options: Parameters<typeof client.readStream>[1], stream = 'read-1') =>
    outcome(namesOf(client.readStream(stream, options)));
  const backwards = 'backwards' as const;
  say('stream', {
    forwards: await read({}),
    from: await read({ fromRevision: 2n }),
    limited: await read({ fromRevision: 1n, maxCount: 2 }),
    beyond: await read({ fromRevision: 9n }),
    backwards: await read({ direction: backwards, fromRevision: 'end' }),
    backwardsFrom: await read({ direction: backwards, fromRevision: 2n }),
    backwardsLimited: await read({ direction: backwards, fromRevision: 'end', maxCount: 1 }),
    missing: await read({}, 'read-missing'),
  });
  say('stream, at its ends', {
    end: await read({ fromRevision: 'end' }),
    start: await read({ direction: backwards, fromRevision: 'start' }),
  });
  await client.appendToStream('read-gone-1', someEvents(means, 2));
  await client.tombstoneStream('read-gone-1');
  say('stream deleted', await read({}, 'read-gone-1'));
  const long = Array.from({ length: 3000 }, (_, n) => anEvent(means, n));
  await client.appendToStream('read-long-1', long);
  const names = (await read({}, 'read-long-1')) as number[];
  say('long stream', names.length === 3000 && names.every((name, index) => name === index));
};

const all = async (means: Means) => {
  const { client } = means;
  const first = await client.appendToStream('all-1', anEvent(means, 'a'));
  const second = await client.appendToStream('all-2', anEvent(means, 'b'));
  await client.appendToStream('all-1', anEvent(means, 'c'));
  await client.setStreamMetadata('all-1', { maxCount: 9 });
  const types = async (events: AsyncIterable<{ event?: { type: string } }>) => {
    const found: unknown[] = [];
    for await (const { event } of events) found.push(event?.type);
    return found;
  };
  const [from, middle] = [first.position, second.position];
  const backwards = 'backwards' as const;
  say('all', {
    from: await namesOf(client.readAll({ fromPosition: from, maxCount: 3 })),
    types: await types(client.readAll({ fromPosition: from })),
    limited: await namesOf(client.readAll({ fromPosition: middle, maxCount: 1 })),
    first: (await namesOf(client.readAll({ maxCount: 1 }))).length,
    backwards: (
      await types(client.readAll({ direction: backwards, fromPosition: 'end', maxCount: 2 }))
    ).map(String),
    backwardsFrom: await namesOf(
      client.readAll({ direction: backwards, fromPosition: middle, maxCount: 1 }),
    ),
  });
  say('all, at its ends', {
    end: await namesOf(client.readAll({ fromPosition: 'end', maxCount: 1 })),
    start: await namesOf(
      client.readAll({ direction: backwards, fromPosition: 'start', maxCount: 1 }),
    ),
  });
};

const positions = async ({ client }: Means) => {
  let isRising = true;
  let last = -1n;
  const there: bigint[] = [];
  for await (const { event } of client.readAll()) {
    const position = event?.position.commit ?? -1n;
    isRising &&= position > last;
    last = position;
    there.push(position);
  }
  const back: bigint[] = [];
  const backwards = { direction: 'backwards', fromPosition: 'end' } as const;
  for await (const { event } of client.readAll(backwards)) back.push(event?.position.commit ?? -1n);
  say('positions', { isRising, isMirror: there.join() === back.reverse().join() });
};

export const reading = async (means: Means): Promise<void> => {
  await streams(means);
  await all(means);
  await positions(means);
};
