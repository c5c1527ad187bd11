import type { Clock } from '#lumbung/kernel';
import type { CallObserver } from '#lumbung/transport';
import type { Figures } from './figures.js';
import { observedCalls } from './observers/calls.js';
import type { Observing } from './observers/observing.js';
import { ObservedRequests } from './observers/requests.js';
import { ObservedRunners, type Owners } from './observers/runners.js';
import type { NotReady, Operations } from './operations.js';

/** What an operator asks for by the environment; nothing of it is on by default. */
export type TelemetrySettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_TRACES_SAMPLER_ARG: number;
  LUMBUNG_OPS?: string | undefined;
};

export type TelemetryOptions = {
  settings: TelemetrySettings;
  /** The process, as traces name it. */
  service: string;
  /** The faces that may be called; figures are kept by no other name. */
  faces: readonly string[];
  /** Which service writes which category of streams. */
  owners: Owners;
  clock: Pick<Clock, 'elapsed_ms'>;
};

/** What a process tells of itself: traces, figures, or both. */
export class Telemetry {
  readonly calls: CallObserver;
  readonly runners: ObservedRunners;
  readonly requests: ObservedRequests;

  constructor(
    private readonly observing: Observing,
    { faces, owners }: Pick<TelemetryOptions, 'faces' | 'owners'>,
  ) {
    this.calls = observedCalls(observing, new Set(faces));
    this.runners = new ObservedRunners(observing, owners);
    this.requests = new ObservedRequests(observing);
  }

  /** Of what goes on now. */
  get traceId(): string | undefined {
    return this.observing.tracing?.here?.traceId;
  }

  /** Nothing where nobody asked for figures. */
  get figures(): Figures | undefined {
    return this.observing.figures;
  }

  async close(): Promise<void> {
    await this.observing.tracing?.close();
  }
}

/** Nothing where nothing is asked for; what it would need is not even loaded then. */
export const openTelemetry = async (options: TelemetryOptions): Promise<Telemetry | undefined> => {
  const { settings, service, clock } = options;
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = settings;
  const traces = endpoint === undefined ? undefined : await import('./tracing.js');
  const numbers = settings.LUMBUNG_OPS === undefined ? undefined : await import('./figures.js');
  if (!traces && !numbers) return;
  const tracing = traces && new traces.Tracing({ endpoint: endpoint ?? '', ratio, service });
  return new Telemetry({ clock, tracing, figures: numbers && new numbers.Figures() }, options);
};

/** Serves the figures at `LUMBUNG_OPS`; does nothing where nobody asked for them. */
export const openOperations = async (
  { LUMBUNG_OPS }: TelemetrySettings,
  telemetry: Telemetry | undefined,
  health?: () => Promise<NotReady | undefined>,
): Promise<Operations | undefined> => {
  if (LUMBUNG_OPS === undefined || !telemetry?.figures) return;
  const { serveOperations } = await import('./operations.js');
  return serveOperations(LUMBUNG_OPS, { figures: telemetry.figures, health });
};
