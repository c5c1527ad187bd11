import { anEvent, at, type Means, namesOf, outcome, say, someEvents } from './client.js';

const isDone = async (promise: Promise<{ position?: unknown }>) => {
  const answer = await outcome(promise);
  return 'refused' in answer ? answer : answer.position !== undefined;
};

const deleting = async (means: Means) => {
  const { client } = means;
  await client.appendToStream('drop-1', someEvents(means, 2));
  const one = { expectedRevision: 1n };
  const read = () => outcome(namesOf(client.readStream('drop-1')));
  say('delete', {
    wrong: await isDone(client.deleteStream('drop-1', { expectedRevision: 0n })),
    none: await isDone(client.deleteStream('drop-1', { expectedRevision: 'no_stream' })),
    missing: await isDone(client.deleteStream('drop-2', one)),
    right: await isDone(client.deleteStream('drop-1', one)),
    read: await read(),
    exists: await outcome(client.appendToStream('drop-1', anEvent(means, 2), at('stream_exists'))),
    again: (await client.appendToStream('drop-1', anEvent(means, 2), at('no_stream')))
      .nextExpectedRevision,
    readAgain: await read(),
    any: await isDone(client.deleteStream('drop-1')),
    kept: await isDone(client.deleteStream('kept-1')),
  });
};

const ending = async (means: Means) => {
  const { client } = means;
  await client.appendToStream('end-1', someEvents(means, 2));
  const append = (options = {}) =>
    outcome(client.appendToStream('end-1', anEvent(means, 2), options));
  const credentials = { username: 'a', password: 'b' };
  say('tombstone', {
    wrong: await isDone(client.tombstoneStream('end-1', { expectedRevision: 0n })),
    right: await isDone(client.tombstoneStream('end-1', { expectedRevision: 1n })),
    never: await isDone(client.tombstoneStream('end-2', { expectedRevision: 'no_stream' })),
    read: await outcome(namesOf(client.readStream('end-1'))),
    append: await append(at('any')),
    appendAlone: await append({ ...at('any'), credentials }),
    delete: await isDone(client.deleteStream('end-1')),
    kept: await isDone(client.tombstoneStream('kept-1')),
  });
};

const metadata = async (means: Means) => {
  const { client } = means;
  await client.appendToStream('limit-1', someEvents(means, 5));
  const limit = { maxCount: 2, truncateBefore: 1, owner: 'desa' };
  const set = await client.setStreamMetadata('limit-1', limit, at('no_stream'));
  say('metadata', {
    revision: set.nextExpectedRevision,
    got: (await client.getStreamMetadata('limit-1')).metadata,
    none: (await client.getStreamMetadata('limit-2')).metadata ?? 'none',
    left: await namesOf(client.readStream('limit-1')),
    wrong: await outcome(client.setStreamMetadata('limit-1', limit, at('no_stream'))),
    senseless: await outcome(client.setStreamMetadata('limit-1', { maxCount: 0 })),
    kept: await outcome(client.setStreamMetadata('kept-1', limit)),
  });
};

const unserved = async ({ library, client }: Means) => {
  const settings = library.persistentSubscriptionToStreamSettingsFromDefaults();
  const create = client.createPersistentSubscriptionToStream('group-1', 'group', settings);
  const subscription = client.subscribeToPersistentSubscriptionToStream('group-1', 'group');
  const error = new Promise<never>((_, reject) => subscription.on('error', reject));
  say('persistent subscriptions', await Promise.all([outcome(create), outcome(error)]));
};

export const forgetting = async (means: Means): Promise<void> => {
  await deleting(means);
  await ending(means);
  await metadata(means);
  await unserved(means);
};

/** What a client meets who is not let in. */
export const locked = async (means: Means): Promise<void> => {
  const { client } = means;
  const credentials = { username: 'a', password: 'wrong' };
  const appended = client.appendToStream('a-1', anEvent(means, 0), { credentials });
  say('locked', {
    append: await outcome(appended),
    batch: await outcome(client.appendToStream('a-1', anEvent(means, 0))),
    read: await outcome(namesOf(client.readStream('a-1'))),
    delete: await outcome(client.deleteStream('a-1')),
  });
};
