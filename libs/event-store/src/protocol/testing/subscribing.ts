import { once } from 'node:events';
import {
  anEvent,
  type Means,
  nameOf,
  outcome,
  type Subscription,
  say,
  someEvents,
} from './client.js';

/** Notes what a subscription tells, as it comes. */
const noted = (subscription: Subscription) => {
  const notes: unknown[] = [];
  const error = new Promise((resolve) => subscription.on('error', resolve));
  subscription.on('confirmation', () => notes.push('confirmed'));
  subscription.on('caughtUp', () => notes.push('caught up'));
  subscription.on('data', (resolved: { event?: { data: unknown } }) =>
    notes.push(nameOf(resolved)),
  );
  return { notes, error };
};

const until = async (enough: () => boolean) => {
  while (!enough()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const toStream = async (means: Means) => {
  const { client } = means;
  await client.appendToStream('follow-1', someEvents(means, 3));
  const from = { fromRevision: 0n };
  const subscriptions = [
    client.subscribeToStream('follow-1'),
    client.subscribeToStream('follow-1', from),
    client.subscribeToStream('follow-1', { fromRevision: 'end' }),
    client.subscribeToStream('follow-2'),
  ];
  const followed = subscriptions.map(noted);
  await until(() => followed.every(({ notes }) => notes.includes('caught up')));
  await client.appendToStream('follow-other-1', anEvent(means, 'other'));
  await client.appendToStream('follow-1', anEvent(means, 3));
  await client.appendToStream('follow-2', anEvent(means, 'first'));
  await until(() => followed.every(({ notes }) => notes.includes(3) || notes.includes('first')));
  const [whole, after, live, empty] = followed.map(({ notes }) => notes);
  say('to a stream', { whole, after, live, empty });
  await client.tombstoneStream('follow-1');
  say(
    'to a stream that ends',
    await outcome(followed[0]?.error.then((e) => Promise.reject(e)) as Promise<never>),
  );
  for (const subscription of subscriptions.slice(2)) await subscription.unsubscribe();
};

const toAll = async (means: Means) => {
  const { client } = means;
  const { position } = await client.appendToStream('everything-1', someEvents(means, 2));
  await client.appendToStream('everything-2', anEvent(means, 'after'));
  const fromPosition = position ?? 'start';
  const after = client.subscribeToAll({ fromPosition });
  const live = client.subscribeToAll({ fromPosition: 'end' });
  const followed = [after, live].map(noted);
  await until(() => followed.every(({ notes }) => notes.includes('caught up')));
  await client.appendToStream('everything-1', anEvent(means, 'live'));
  await until(() => followed.every(({ notes }) => notes.includes('live')));
  say(
    'to all',
    followed.map(({ notes }) => notes),
  );
  await after.unsubscribe();
  await live.unsubscribe();
};

const filtered = async (means: Means) => {
  const { library, client } = means;
  const { position } = await client.appendToStream('before-1', anEvent(means, 'before'));
  await client.appendToStream('rice-1', anEvent(means, 'rice', 'test.Sown'));
  await client.appendToStream('maize-1', anEvent(means, 'maize', 'test.Sown'));
  await client.appendToStream('rice-2', anEvent(means, 'cut', 'test.Reaped'));
  await client.setStreamMetadata('rice-1', { maxCount: 9 });
  const { streamNameFilter, eventTypeFilter, excludeSystemEvents } = library;
  const filters = {
    prefixes: streamNameFilter({ prefixes: ['rice-', 'none-'] }),
    regex: streamNameFilter({ regex: '^m[a-z]+-\\d$' }),
    types: eventTypeFilter({ prefixes: ['test.R'] }),
    typesRegex: eventTypeFilter({ regex: 'own$' }),
    ours: excludeSystemEvents(),
  };
  for (const [name, filter] of Object.entries(filters)) {
    const subscription = client.subscribeToAll({ fromPosition: position ?? 'start', filter });
    const { notes } = noted(subscription);
    await until(() => notes.includes('caught up'));
    say(`filtered by ${name}`, notes);
    await subscription.unsubscribe();
  }
};

const checkpoints = async (means: Means) => {
  const { library, client } = means;
  const { position } = await client.appendToStream('unseen-1', anEvent(means, 'before'));
  const reached: bigint[] = [];
  const filter = library.streamNameFilter({
    prefixes: ['never-'],
    maxSearchWindow: 5,
    checkpointInterval: 2,
    checkpointReached: (_, { commit }) => {
      reached.push(commit);
    },
  });
  await client.appendToStream('unseen-1', someEvents(means, 30));
  const subscription = client.subscribeToAll({ fromPosition: position ?? 'start', filter });
  const { notes } = noted(subscription);
  await until(() => reached.length >= 3);
  for (let n = 0; n < 20; n++) await client.appendToStream('unseen-1', anEvent(means, n));
  await until(() => reached.length >= 5);
  const isRising = reached.every(
    (commit, index) => index === 0 || commit > (reached[index - 1] ?? 0n),
  );
  say('checkpoints', { count: reached.length, isRising, notes });
  await subscription.unsubscribe();
};

const underWriters = async (means: Means) => {
  const { library, client } = means;
  const filter = library.streamNameFilter({ prefixes: ['writer-'] });
  const write = (each: number) =>
    Promise.all(
      Array.from({ length: 64 }, async (_, writer) => {
        for (let n = 0; n < each; n++) {
          await client.appendToStream(`writer-${writer}`, anEvent(means, `${writer}:${n}`));
        }
      }),
    );
  await write(10);
  const { notes } = noted(client.subscribeToAll({ filter }));
  const writing = write(20);
  const { notes: late } = noted(client.subscribeToAll({ filter }));
  await writing;
  const seen = (list: unknown[]) => list.filter((note) => String(note).includes(':'));
  await until(() => seen(notes).length >= 64 * 30 && seen(late).length >= 64 * 30);
  const log: unknown[] = [];
  for await (const resolved of client.readAll()) {
    if (resolved.event?.streamId.startsWith('writer-')) log.push(nameOf(resolved));
  }
  say(
    '64 writers',
    [notes, late].map((list) => seen(list).join() === log.join()),
  );
};

export const subscribing = async (means: Means): Promise<void> => {
  await toStream(means);
  await toAll(means);
  await filtered(means);
  await checkpoints(means);
  await underWriters(means);
};

/** Says `subscribed`, and then how that ended. */
export const beingLeft = async ({ client }: Means): Promise<void> => {
  const subscription = client.subscribeToAll();
  const { error } = noted(subscription);
  await once(subscription, 'caughtUp');
  say('subscribed', true);
  say('left', await outcome(error.then((reason) => Promise.reject(reason))));
};
