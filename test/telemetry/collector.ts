import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

type Value = { stringValue?: string; intValue?: number | string };
type Attribute = { key: string; value: Value };

type Wired = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes?: Attribute[];
  status?: { code?: number; message?: string };
};

type Export = {
  resourceSpans?: {
    resource?: { attributes?: Attribute[] };
    scopeSpans?: { spans?: Wired[] }[];
  }[];
};

/** A span as the collector was told of it. */
export type Span = {
  service: string;
  traceId: string;
  spanId: string;
  parent: string | undefined;
  name: string;
  /** The code of the failure that it ended with. */
  code: string | undefined;
  attributes: Record<string, unknown>;
};

const LONGEST_MS = 30_000;
const LOOK_MS = 100;

// Longer than a process keeps what it has to tell.
const QUIET_MS = 2_500;

const valuesOf = (attributes: Attribute[] = []): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  );

const spansOf = ({ resourceSpans = [] }: Export): Span[] =>
  resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const service = String(valuesOf(resource?.attributes)['service.name']);
    const spans = scopeSpans.flatMap((scope) => scope.spans ?? []);
    return spans.map(({ traceId, spanId, parentSpanId, name, attributes, status }) => ({
      ...{ service, traceId, spanId, name },
      parent: parentSpanId || undefined,
      code: status?.message || undefined,
      attributes: valuesOf(attributes),
    }));
  });

/** What takes the spans of processes over OTLP/HTTP, in JSON, and keeps them to be looked at. */
export const startCollector = async () => {
  const spans: Span[] = [];
  let heard_ms = performance.now();
  const server = createServer(async (request, response) => {
    spans.push(...spansOf((await json(request)) as Export));
    heard_ms = performance.now();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const traceOf = (id: string | undefined) => spans.filter(({ traceId }) => traceId === id);

  /** The trace that a span is in which `isIt`; when all of it has been told. */
  const traceWith = async (isIt: (span: Span) => boolean): Promise<Span[]> => {
    const until = performance.now() + LONGEST_MS;
    for (;;) {
      const found = spans.find(isIt);
      if (found && performance.now() - heard_ms > QUIET_MS) return traceOf(found.traceId);
      if (performance.now() > until) throw new Error('no such span was told of');
      await setTimeout(LOOK_MS);
    }
  };

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    traceWith,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

export type Collector = Awaited<ReturnType<typeof startCollector>>;

/** Spans whose parent nobody has told of. */
export const orphansIn = (trace: readonly Span[]): string[] => {
  const known = new Set(trace.map(({ spanId }) => spanId));
  return trace.filter(({ parent }) => parent && !known.has(parent)).map(({ name }) => name);
};

export const rootsOf = (trace: readonly Span[]): Span[] => trace.filter(({ parent }) => !parent);
