import {
  atDeclaredVersion,
  type CommandDeclaration,
  type CommandId,
  type DomainEvent,
  instant,
  type Metadata,
  type PlainDate,
  type Projection,
  type Recorded,
  Rejection,
  type StreamDeclaration,
  uuidOf,
} from '../index.js';

/** 2 March 2026, nine in the morning in Kediri. */
export const TEST_METADATA: Metadata = {
  commandId: uuidOf('test', 'command') as CommandId,
  commandHash: 'test',
  issuedAt: instant('2026-03-02T02:00:00.000Z'),
  correlationId: 'test',
  actor: 'bendahara',
  role: 'pengurus',
  regency: '35.06',
  cooperative: '35.06.17.1009',
  recordedAt: instant('2026-03-02T02:00:00.000Z'),
  businessDate: '2026-03-02' as PlainDate,
};

export const recorded = (
  event: DomainEvent,
  revision = 0,
  metadata: Partial<Metadata> = {},
): Recorded => ({
  ...event,
  id: uuidOf('test', revision),
  stream: 'test-stream',
  revision,
  position: BigInt(revision + 1),
  metadata: { ...TEST_METADATA, ...metadata },
});

/** The documents that a projection makes of a history, by their keys. */
export const documentsOf = <Doc>(
  projection: Projection<Doc>,
  history: readonly Recorded[],
): Map<string, Doc> => {
  const documents = new Map<string, Doc>();
  for (const event of history) {
    for (const { declaration, keys, evolve } of projection.clausesFor(event)) {
      const known = declaration ? atDeclaredVersion(event, declaration) : event;
      if (!known) throw new TypeError(`${projection.name} does not know ${event.type}`);
      for (const key of keys(known)) {
        documents.set(key, evolve(documents.get(key) ?? projection.initial(key), known, key));
      }
    }
  }
  return documents;
};

const attempt = (run: () => DomainEvent[]) => {
  try {
    return { events: run() };
  } catch (error) {
    if (error instanceof Rejection) return { rejection: error };
    throw error;
  }
};

/** Tells a decider's story: what was, what is asked, and what follows from it. */
export const given = (stream: StreamDeclaration, ...history: DomainEvent[]) => {
  const state = stream.initial();
  history.forEach((event, revision) => {
    if (!stream.evolve(state, recorded(event, revision))) {
      throw new TypeError(`${stream.category} does not know ${event.type}`);
    }
  });
  return {
    state,
    when<T extends string, D>(
      command: CommandDeclaration<T, D>,
      data: NoInfer<Record<string, unknown>>,
      metadata: Partial<Metadata> = {},
    ) {
      const asked = { type: command.type, data };
      const run = () => stream.decide(state, asked, { ...TEST_METADATA, ...metadata });
      return {
        yields(...events: DomainEvent[]) {
          const { events: happened, rejection } = attempt(run);
          if (rejection) throw rejection;
          expect(happened).toStrictEqual(events);
        },
        rejects(code: string, details?: Record<string, unknown>) {
          const { events: happened, rejection } = attempt(run);
          if (!rejection) throw new Error(`expected ${code}, got ${JSON.stringify(happened)}`);
          expect(rejection.code).toBe(code);
          if (details) expect(rejection.details).toEqual(details);
        },
        /** The events that follow, for assertions on a part of them. */
        then(): DomainEvent[] {
          return run();
        },
      };
    },
  };
};

/** Continues histories of a stream: the same history, and what follows in it from a command. */
export const followingIn =
  (stream: StreamDeclaration) =>
  <T extends string, D>(
    history: readonly DomainEvent[],
    command: CommandDeclaration<T, D>,
    data: NoInfer<Record<string, unknown>>,
  ): DomainEvent[] => [
    ...history,
    ...given(stream, ...history)
      .when(command, data)
      .then(),
  ];
