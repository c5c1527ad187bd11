import {
  type CommandOf,
  command,
  type Decider,
  type EventOf,
  event,
  RegencyCode,
  stream,
  z,
} from '#lumbung/kernel';

const fields = { regency: RegencyCode, generation: z.int().min(1) };

export const BeginLine = command('BeginLine', fields);

/** A broker carries the feed from its start again: the first to do so, or what it held is lost. */
export const LineBegan = event('feed.LineBegan', 1, fields);

type Line = { generation: number };

const line: Decider<
  CommandOf<typeof BeginLine>,
  EventOf<typeof LineBegan>,
  Line,
  { line: Line }
> = {
  commands: [BeginLine],
  events: [LineBegan],
  initial: { generation: 0 },
  decide: {
    BeginLine: ({ data }, { line: { generation } }) =>
      data.generation > generation ? [LineBegan(data)] : [],
  },
  evolve: {
    'feed.LineBegan': (state, { generation }) => {
      state.generation = generation;
    },
  },
};

/** The generations of the line that carries a regency's feed: `line-{regency}`. */
export const lineStream = stream('line', { line });
