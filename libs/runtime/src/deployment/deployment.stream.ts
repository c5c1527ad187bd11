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

const fields = { regency: RegencyCode, zone: z.string(), simulated: z.boolean() };

export const FoundDeployment = command('FoundDeployment', fields);

/** The first event of a log: which regency it belongs to, and whether its life is made up. */
export const DeploymentFounded = event('platform.DeploymentFounded', 1, fields);

const deployment: Decider<
  CommandOf<typeof FoundDeployment>,
  EventOf<typeof DeploymentFounded>,
  { founded: boolean },
  { deployment: { founded: boolean } }
> = {
  commands: [FoundDeployment],
  events: [DeploymentFounded],
  initial: { founded: false },
  decide: {
    FoundDeployment: ({ data }, { deployment: { founded } }) =>
      founded ? [] : [DeploymentFounded(data)],
  },
  evolve: {
    'platform.DeploymentFounded': (state) => {
      state.founded = true;
    },
  },
};

export const deploymentStream = stream('deployment', { deployment });
