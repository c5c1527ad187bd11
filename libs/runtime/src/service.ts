import type { AnyProjection, AnyWorkflow, PublicMapping } from '#lumbung/kernel';

/** What a service brings to the process that runs it. */
export type Service = {
  readonly name: string;
  /** Its Nest module, with the handlers of its faces. */
  readonly module: new () => object;
  readonly projections: readonly AnyProjection[];
  /** How its stored events are told to others. */
  readonly publishes: readonly PublicMapping[];
  readonly workflows: readonly AnyWorkflow[];
  /** It reads only what all services publish, so it runs the same at the province. */
  readonly readsPublicEventsOnly?: true;
};
