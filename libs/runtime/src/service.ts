import type { AnyProjection, AnyWorkflow, PublicMapping, StreamDeclaration } from '#lumbung/kernel';
import type { ReadStore } from '#lumbung/read-store';
import { calendarMappings, calendarStream } from './calendar/calendar.stream.js';
import type { Source } from './projections/source.js';

/** What a service brings to the process that runs it. */
export type Service = {
  readonly name: string;
  /** Its Nest module, with the handlers of its faces. */
  readonly module: new () => object;
  /** The categories of its streams; nobody else writes them. */
  readonly writes: readonly string[];
  /** The streams of its deciders: what is recorded in them may be told to others. */
  readonly streams: readonly StreamDeclaration[];
  readonly projections: readonly AnyProjection[];
  /** How its stored events are told to others. */
  readonly publishes: readonly PublicMapping[];
  readonly workflows: readonly AnyWorkflow[];
  /** It reads only what all services publish, so it runs the same at the province. */
  readonly readsPublicEventsOnly?: true;
};

/** How all stored events are told to whom they do not belong. */
export const mappingsOf = (services: readonly Service[]): PublicMapping[] => [
  ...services.flatMap(({ publishes }) => publishes),
  ...calendarMappings,
];

/** Where the stored events lie that are told to whom they do not belong. */
export const streamsOf = (services: readonly Service[]): StreamDeclaration[] => [
  ...services.flatMap(({ streams }) => streams),
  calendarStream,
];

/** What each service reads, in its own read store; `publishers` tell their events to others. */
export const sourcesOf = (
  services: readonly Service[],
  readStoreOf: (service: string) => ReadStore,
  publishers: readonly Service[] = services,
): Source[] => {
  const mappings = mappingsOf(publishers);
  return services.map(({ name, projections, readsPublicEventsOnly }) => ({
    service: name,
    readStore: readStoreOf(name),
    projections,
    ...(readsPublicEventsOnly && { mappings }),
  }));
};
