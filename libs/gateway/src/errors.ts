import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { platformRejections } from '#lumbung/contracts';
import { Rejection, Unavailable } from '#lumbung/kernel';

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

/** A stable code and a sentence; never a stack, and never a value that somebody sent. */
export const formatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError => {
  const { locations, path } = formatted;
  const known = ours(error);
  if (known) {
    const { code, sentence, details } = known;
    const extensions = details === undefined ? { code } : { code, details };
    return { message: sentence, locations, path, extensions };
  }
  const isMalformed = MALFORMED.has(String(formatted.extensions?.code));
  const code = isMalformed ? 'QUERY_MALFORMED' : 'UNEXPECTED';
  return { message: platformRejections[code], locations, path, extensions: { code } };
};
