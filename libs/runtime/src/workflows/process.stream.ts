import { platformRejections } from '#lumbung/contracts';
import {
  type AnyWorkflow,
  type CommandOf,
  command,
  type Decider,
  type EventOf,
  event,
  type Heard,
  type Intent,
  type Outcome,
  type StreamDeclaration,
  stream,
  Unavailable,
  upcast,
  z,
} from '#lumbung/kernel';

const AnIntent = z.custom<Intent>();
const AnOutcome = z.custom<Outcome>();

export const React = command('React', { input: z.custom<Heard>() });
export const RecordOutcome = command('RecordOutcome', { intent: AnIntent, outcome: AnOutcome });

/** A process heard an event, and means to send these commands. */
export const Reacted = event('workflow.Reacted', 1, {
  input: z.custom<Heard>(),
  intents: z.array(AnIntent),
});

/** A command that the process had sent was answered, and this follows from it. */
export const Answered = event('workflow.Answered', 1, {
  intent: AnIntent,
  outcome: AnOutcome,
  intents: z.array(AnIntent),
});

type ProcessCommand = CommandOf<typeof React> | CommandOf<typeof RecordOutcome>;
type ProcessEvent = EventOf<typeof Reacted> | EventOf<typeof Answered>;
type Process = { own: unknown };

const reactionTo = (workflow: AnyWorkflow, { type }: Heard) => {
  const reaction = workflow.on.find(({ declaration }) => declaration.type === type);
  if (!reaction) throw new TypeError(`${workflow.name} does not react to ${type}`);
  return reaction;
};

/** What was heard, as the workflow of this code hears it. */
const presentOf = (workflow: AnyWorkflow, input: Heard): Heard => {
  const { declaration } = reactionTo(workflow, input);
  if (input.version === declaration.version) return input;
  const data = upcast(declaration, input.version, input.data);
  if (data !== undefined) return { ...input, version: declaration.version, data };
  const code = 'STREAM_NEWER_THAN_CODE';
  throw new Unavailable(code, platformRejections[code]);
};

const decider = (
  workflow: AnyWorkflow,
): Decider<ProcessCommand, ProcessEvent, Process, { process: Process }> => ({
  commands: [React, RecordOutcome],
  events: [Reacted, Answered],
  initial: { own: workflow.initial },
  decide: {
    React: ({ data: { input } }, { process }) => [
      Reacted({ input, intents: reactionTo(workflow, input).decide(process.own, input) }),
    ],
    RecordOutcome: ({ data: { intent, outcome } }, { process }) => {
      const intents = workflow.answered?.(process.own, intent, outcome) ?? [];
      return [Answered({ intent, outcome, intents })];
    },
  },
  evolve: {
    'workflow.Reacted': ({ own }, { input }) => {
      reactionTo(workflow, input).evolve?.(own, presentOf(workflow, input));
    },
    'workflow.Answered': () => undefined,
  },
});

/** The stream that holds one workflow's processes: `workflow-{name}.{process}`. */
export const processStream = (workflow: AnyWorkflow): StreamDeclaration =>
  stream('workflow', { process: decider(workflow) });
