import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { platformRejections } from '#lumbung/contracts';
import { Rejection, Unavailable } from '#lumbung/kernel';
import { isExceeding } from './limits.js';

type Shown = { code: string; sentence: string; details?: unknown };

const ours = (error: unknown): Shown | undefined => {
  if (error instanceof Rejection) {
    return { code: error.code, sentence: error.sentence, details: error.details };
  }
  if (error instanceof Unavailable) return { code: error.code, sentence: error.sentence };
  if (!(error instanceof GraphQLError)) return;
  const { code } = error.extensions;
  const isOurs = typeof code === 'string' && code in platformRejections;
  // The innermost is what was wrong; graphql wraps it in words of its own.
  return ours(error.originalError) ?? (isOurs ? { code, sentence: error.message } : undefined);
};

const MALFORMED = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

const FIELD = /Field "\w+" (of required type "\S+" was not provided|is not defined by type "\w+")/;

/** What GraphQL says of a query, for whoever writes one; without the value of a variable. */
const reasonIn = (message: string): string => {
  if (!message.includes(' got invalid value ')) return message;
  const variable = /^Variable "\$(\w+)"/.exec(message)?.[1];
  const place = / at "([\w.[\]]+)"; /.exec(message)?.[1] ?? variable;
  const kind = /does not exist in "(\w+)" enum/.exec(message)?.[1];
  const why = FIELD.exec(message)?.[0] ?? (kind ? `not one of ${kind}` : 'not of its type');
  return `${place}: ${why}`;
};

/**
 * A stable code and a sentence; never a stack, and never a value that somebody sent. Outside
 * production a malformed query is also told why.
 */
export const errorFormatter =
  ({ isProduction }: { isProduction: boolean }) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const known = ours(error);
    if (known) {
      const { code, sentence, details } = known;
      const extensions = details === undefined ? { code } : { code, details };
      return { message: sentence, locations, path, extensions };
    }
    if (isExceeding(formatted.message)) {
      const code = 'QUERY_TOO_COSTLY';
      return { message: platformRejections[code], locations, path, extensions: { code } };
    }
    const isMalformed = MALFORMED.has(String(formatted.extensions?.code));
    const code = isMalformed ? 'QUERY_MALFORMED' : 'UNEXPECTED';
    const reason = isMalformed && !isProduction ? reasonIn(formatted.message) : undefined;
    const extensions = reason === undefined ? { code } : { code, reason };
    return { message: platformRejections[code], locations, path, extensions };
  };

/**
 * What a request itself is refused for is its sender's mistake, and no failure of the server;
 * who cannot be asked now is no failure for good.
 */
export const withStatus =
  <Args extends unknown[], Made>(make: (...args: Args) => Promise<Made>) =>
  async (...args: Args): Promise<Made> => {
    try {
      return await make(...args);
    } catch (error) {
      if (!(error instanceof Rejection || error instanceof Unavailable)) throw error;
      const extensions = { http: { status: error instanceof Rejection ? 400 : 503 } };
      // biome-ignore lint/style/useErrorCause: GraphQL calls the cause originalError
      throw new GraphQLError(error.sentence, { originalError: error, extensions });
    }
  };
