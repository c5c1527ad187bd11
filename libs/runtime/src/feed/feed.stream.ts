import {
  type CommandOf,
  command,
  type Decider,
  type EventOf,
  entryAfter,
  event,
  FEED_START,
  FeedEntry,
  type FeedPlace,
  RegencyCode,
  stream,
  ToldEvent,
  z,
} from '#lumbung/kernel';

/** Tells what follows from one stored event; `metadata.causationId` names it. */
export const Tell = command('Tell', { regency: RegencyCode, events: z.array(ToldEvent) });

/** A public event has its number, and so its place among all that the regency tells. */
export const Told = event('feed.Told', 1, FeedEntry.shape);

type Place = { place: FeedPlace };

const feed: Decider<CommandOf<typeof Tell>, EventOf<typeof Told>, Place, { feed: Place }> = {
  commands: [Tell],
  events: [Told],
  initial: { place: FEED_START },
  decide: {
    Tell: ({ data: { regency, events } }, { feed: { place } }) => {
      let end: FeedPlace = place;
      return events.map((told) => {
        const entry = entryAfter(end, regency, told);
        end = entry;
        return Told(entry);
      });
    },
  },
  evolve: {
    'feed.Told': (state, { sequence, hash }) => {
      state.place = { sequence, hash };
    },
  },
};

/** All that a regency tells, in order: `feed-{regency}`. Revision n holds sequence n + 1. */
export const feedStream = stream('feed', { feed });
