import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { codeOf } from './outcome.js';
import type { Place } from './trace.js';

// What a second of full load makes; more than that is dropped rather than kept.
const QUEUE = { maxQueueSize: 65_536, maxExportBatchSize: 4_096, scheduledDelayMillis: 1_000 };

// Whoever closes waits for it, also when there is no collector any more.
const EXPORT_MS = 3_000;

const SAMPLED = 1;

// The span of what is not kept, which nobody looks for.
const UNKEPT = '0000000000000001';

export type Task = {
  name: string;
  /** What goes on now when absent. */
  at?: Place | undefined;
  /** Its span's own id, where others must know it. */
  id?: string;
  kind?: SpanKind;
  attributes?: Attributes;
};

/** Random ids, but for a span whose trace or id is given beforehand. */
class GivenIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  traceId: string | undefined;
  spanId: string | undefined;

  generateTraceId(): string {
    return this.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.spanId ?? this.random.generateSpanId();
  }
}

export type TracingOptions = {
  /** Of an OTLP collector over HTTP, without `/v1/traces`. */
  endpoint: string;
  /** The share of traces that are kept. */
  ratio: number;
  service: string;
};

/**
 * Spans over OTLP. Whether a trace is kept follows from its id alone, so all processes agree,
 * those too that know it only by a stored event.
 */
export class Tracing {
  private readonly going = new AsyncLocalStorage<Span>();
  private readonly ids = new GivenIds();
  private readonly sampler: TraceIdRatioBasedSampler;
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  constructor({ endpoint, ratio, service }: TracingOptions) {
    const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
    const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_MS });
    this.sampler = new TraceIdRatioBasedSampler(ratio);
    this.provider = new TracerProvider({
      idGenerator: this.ids,
      sampler: this.sampler,
      resource: resourceFromAttributes({ 'service.name': service }),
      spanProcessors: [new BatchSpanProcessor({ exporter, ...QUEUE })],
    });
    this.tracer = this.provider.getTracer('lumbung');
  }

  /** Where whoever begins something now would be. */
  get here(): Place | undefined {
    return this.going.getStore()?.spanContext();
  }

  keeps({ traceId }: Place): boolean {
    const { decision } = this.sampler.shouldSample(ROOT_CONTEXT, traceId);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }

  /** Begins a span; none outside of any trace. */
  begin({ name, at = this.here, id, kind, attributes }: Task): Span | undefined {
    if (!at) return;
    const { traceId, spanId } = at;
    if (!this.keeps(at)) {
      return trace.wrapSpanContext({ traceId, spanId: spanId ?? UNKEPT, traceFlags: 0 });
    }
    const parent: SpanContext | undefined =
      spanId === undefined ? undefined : { traceId, spanId, traceFlags: SAMPLED };
    const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    this.ids.traceId = traceId;
    this.ids.spanId = id;
    return this.tracer.startSpan(name, { kind, attributes }, context);
  }

  /** What is begun while `work` runs is below the span. */
  within<T>(span: Span, work: () => T): T {
    return this.going.run(span, work);
  }

  /** Ends a span; of what it failed with, only the code is told. */
  end(span: Span, error?: unknown): void {
    if (error !== undefined) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
    }
    span.end();
  }

  /** How a span is named to another process. */
  traceparentOf(span: Span): string {
    const { traceId, spanId, traceFlags } = span.spanContext();
    return `00-${traceId}-${spanId}-0${traceFlags}`;
  }

  async close(): Promise<void> {
    // A collector that is gone is no reason to fail.
    await this.provider.shutdown().catch(() => undefined);
  }
}
