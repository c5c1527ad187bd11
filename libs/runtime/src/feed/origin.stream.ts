import {
  type CommandOf,
  command,
  type Decider,
  type EventOf,
  event,
  FeedEntry,
  stream,
} from '#lumbung/kernel';

export const KeepEntry = command('KeepEntry', FeedEntry.shape);

/** An entry of another regency’s feed, as that regency told it. */
export const EntryKept = event('feed.EntryKept', 1, FeedEntry.shape);

type Kept = { entries: number };

const kept: Decider<
  CommandOf<typeof KeepEntry>,
  EventOf<typeof EntryKept>,
  Kept,
  { kept: Kept }
> = {
  commands: [KeepEntry],
  events: [EntryKept],
  initial: { entries: 0 },
  decide: { KeepEntry: ({ data }) => [EntryKept(data)] },
  evolve: {
    'feed.EntryKept': (state) => {
      state.entries += 1;
    },
  },
};

/** What another regency told, for whoever looks across regencies: `origin-{regency}`. */
export const originStream = stream('origin', { kept });
