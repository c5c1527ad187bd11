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

/** All up to `through`, and some beyond it. */
type Kept = { through: number; beyond: number[] };

const kept: Decider<
  CommandOf<typeof KeepEntry>,
  EventOf<typeof EntryKept>,
  Kept,
  { kept: Kept }
> = {
  commands: [KeepEntry],
  events: [EntryKept],
  initial: { through: 0, beyond: [] },
  decide: {
    KeepEntry: ({ data }, { kept: { through, beyond } }) =>
      data.sequence <= through || beyond.includes(data.sequence) ? [] : [EntryKept(data)],
  },
  evolve: {
    'feed.EntryKept': (state, { sequence }) => {
      state.beyond.push(sequence);
      while (state.beyond.includes(state.through + 1)) {
        state.through += 1;
        state.beyond = state.beyond.filter((one) => one !== state.through);
      }
    },
  },
};

/** What another regency told, for whoever looks across regencies: `origin-{regency}`. */
export const originStream = stream('origin', { kept });
