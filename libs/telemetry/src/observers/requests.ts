import type { ApolloServerPlugin } from '@apollo/server';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Span } from '@opentelemetry/api';
import type { FieldNode, OperationDefinitionNode } from 'graphql';
import { placeIn, traceOf } from '../trace.js';
import { type Observing, type Told, timed } from './observing.js';

const SERVER = 1;
const OTHER = 'other';

/** A request on its way through GraphQL. */
type Asked = {
  span: Span | undefined;
  told: (error?: unknown) => Told;
  operation: string;
  failure?: unknown;
};

type Request = {
  id: string;
  url: string;
  raw: { headers: Record<string, string | string[] | undefined> };
};

// Apollo sees of a request no more than its headers, so it is known by one.
const NUMBER = 'x-lumbung-request';

/**
 * The first field that is asked for: the names of operations are their senders', and there is no
 * end to them; the fields are the schema's.
 */
const operationOf = (operation: OperationDefinitionNode | undefined): string => {
  const asked = operation?.selectionSet.selections ?? [];
  const field = asked.find((one): one is FieldNode => one.kind === 'Field');
  return field?.name.value ?? OTHER;
};

/** Requests of GraphQL, from when they have come until they are answered. */
export class ObservedRequests {
  private readonly asked = new Map<string, Asked>();
  private count = 0;

  constructor(private readonly observing: Observing) {}

  /** Tells Apollo's part of it: what is asked for, and the code that it ends with. */
  readonly plugin: ApolloServerPlugin = {
    requestDidStart: async ({ request: { http } }) => {
      const asked = this.asked.get(http?.headers.get(NUMBER) ?? '');
      if (!asked) return;
      return {
        didResolveOperation: async ({ operation }) => {
          asked.operation = operationOf(operation);
        },
        willSendResponse: async ({ response: { body } }) => {
          if (body.kind === 'single') asked.failure = body.singleResult.errors?.[0]?.extensions;
        },
      };
    },
  };

  /** Everything that a request asks for then belongs to it. */
  observe(app: NestFastifyApplication): void {
    const server = app.getHttpAdapter().getInstance();
    server.addHook('preHandler', (request, _, next) => this.begin(request, next));
    server.addHook('onResponse', async ({ raw }) => this.end(raw));
  }

  private begin({ id, url, raw: { headers } }: Request, next: () => void): void {
    if (!url.startsWith('/graphql')) {
      next();
      return;
    }
    const { tracing } = this.observing;
    const at = placeIn(headers.traceparent) ?? traceOf(id);
    const span = tracing?.begin({ name: 'graphql', at, kind: SERVER });
    const number = String(this.count++);
    headers[NUMBER] = number;
    this.asked.set(number, { span, told: timed(this.observing, span), operation: OTHER });
    if (span && tracing) tracing.within(span, next);
    else next();
  }

  private end({ headers }: Request['raw']): void {
    const number = String(headers[NUMBER]);
    const asked = this.asked.get(number);
    if (!asked) return;
    this.asked.delete(number);
    const { span, operation, failure, told } = asked;
    const { outcome: _, ...seconds } = told(failure);
    const { tracing, figures } = this.observing;
    figures?.graphql_s.observe({ labels: { operation }, ...seconds });
    if (!span) return;
    span.updateName(`graphql ${operation}`);
    tracing?.end(span, failure);
  }
}
