import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
} from 'prom-client';

// From a tenth of a millisecond, which an append may take, to what nobody waits for any more.
const SECONDS = [
  0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** How far the readers of a process are behind the log. */
export type ReadingFigures = {
  /** For each projection, the age of what it shows; 0 when it has caught up. */
  ages_s: Record<string, number>;
  parked: Record<string, boolean>;
};

/** How far a regency's feed has come. */
export type FeedFigures = { published: number; lag: number };

type Settable = {
  reset(): void;
  set(labels: Record<string, string>, value: number): void;
};

const setAll = (gauge: Settable, label: string, values: Record<string, number | boolean>): void => {
  gauge.reset();
  for (const [name, value] of Object.entries(values)) gauge.set({ [label]: name }, Number(value));
};

/** The figures of a process, in OpenMetrics; docs/adr/0016 says what each of them is. */
export class Figures {
  private readonly registry = new Registry<OpenMetricsContentType>();
  private readonly asking: (() => Promise<void>)[] = [];
  readonly contentType: string;
  readonly commands: Counter<'service' | 'command' | 'outcome'>;
  readonly calls: Counter<'face' | 'outcome'>;
  readonly command_s: Histogram<'service' | 'trace_id'>;
  readonly append_s: Histogram<'service' | 'trace_id'>;
  readonly call_s: Histogram<'face' | 'trace_id'>;
  readonly graphql_s: Histogram<'operation' | 'trace_id'>;

  constructor() {
    this.registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    this.contentType = this.registry.contentType;
    collectDefaultMetrics({ register: this.registry as unknown as Registry });
    this.commands = this.counter('lumbung_commands_total', 'Commands, by how they ended', [
      ...(['service', 'command', 'outcome'] as const),
    ]);
    this.calls = this.counter('lumbung_calls_total', 'Calls of faces, as their caller sees them', [
      ...(['face', 'outcome'] as const),
    ]);
    this.command_s = this.seconds('lumbung_command_seconds', 'From taken to durable', 'service');
    this.append_s = this.seconds('lumbung_append_seconds', 'Appends to the log', 'service');
    this.call_s = this.seconds('lumbung_call_seconds', 'Calls over the bus', 'face');
    this.graphql_s = this.seconds('lumbung_graphql_seconds', 'GraphQL operations', 'operation');
  }

  /** What cannot be asked now is shown as it was. */
  async shown(): Promise<string> {
    await Promise.allSettled(this.asking.map((ask) => ask()));
    return this.registry.metrics();
  }

  /** Asks for these whenever somebody looks. */
  reads(ask: () => Promise<ReadingFigures>): void {
    const ages = this.gauge(
      'lumbung_projection_position_age_seconds',
      'Age of the newest event that a projection shows, 0 when it has caught up',
      'projection',
    );
    const parked = this.gauge(
      'lumbung_projections_parked',
      '1 for a projection that waits for newer code',
      'projection',
    );
    this.asking.push(async () => {
      const figures = await ask();
      setAll(ages, 'projection', figures.ages_s);
      setAll(parked, 'projection', figures.parked);
    });
  }

  /** Asks for these whenever somebody looks. */
  feeds(ask: () => FeedFigures): void {
    const published = this.counter('lumbung_feed_published_total', 'Entries on the line', []);
    const lag = this.gauge('lumbung_feed_lag_events', 'Entries not on the line yet');
    this.asking.push(async () => {
      const figures = ask();
      published.reset();
      published.inc(figures.published);
      lag.set(figures.lag);
    });
  }

  /** Asks for these whenever somebody looks: how many keys each reader has parked. */
  parkings(ask: () => Record<string, number>): void {
    const parked = this.gauge(
      'lumbung_feed_parked_keys',
      'Keys that wait behind an event that could not be taken',
      'consumer',
    );
    this.asking.push(async () => setAll(parked, 'consumer', ask()));
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name, help, labelNames, ...this.here });
  }

  private seconds<L extends string>(
    name: string,
    help: string,
    label: L,
  ): Histogram<L | 'trace_id'> {
    const labelNames: (L | 'trace_id')[] = [label];
    return new Histogram({
      ...{ name, help, labelNames, ...this.here },
      ...{ buckets: SECONDS, enableExemplars: true },
    });
  }

  private gauge(name: string, help: string, label?: string) {
    const labelNames = label === undefined ? [] : [label];
    return new Gauge({ name, help, labelNames, ...this.here });
  }

  private get here() {
    return { registers: [this.registry] };
  }
}
