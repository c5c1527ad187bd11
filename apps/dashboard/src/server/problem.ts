import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

/** What went wrong, in a sentence for people. */
export type Problem = {
  /** The server's code, or `NETWORK` when no answer came. */
  code: string;
  sentence: string;
  /** Whether the server may have written all the same: only a retry of the same act tells. */
  uncertain: boolean;
};

const NETWORK: Problem = {
  code: 'NETWORK',
  sentence: 'Server tidak dapat dihubungi. Periksa jaringan, lalu coba lagi.',
  uncertain: true,
};

// The server had the command but could not say how it ended.
const UNCERTAIN = new Set([
  'NETWORK',
  'UNEXPECTED',
  'INTERNAL_SERVER_ERROR',
  'NOT_CAUGHT_UP',
  'STORE_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'STREAM_NEWER_THAN_CODE',
  'TOO_BUSY',
]);

type GraphQLError = { message: string; extensions?: { code?: unknown } };

const said = ({ message, extensions }: GraphQLError): Problem => {
  const code = typeof extensions?.code === 'string' ? extensions.code : 'UNEXPECTED';
  return { code, sentence: message, uncertain: UNCERTAIN.has(code) };
};

const saidInBody = (body: string): Problem | undefined => {
  try {
    const first: unknown = JSON.parse(body)?.errors?.[0];
    const isError = typeof first === 'object' && first !== null && 'message' in first;
    return isError ? said(first as GraphQLError) : undefined;
  } catch {
    return undefined;
  }
};

export const problemOf = (error: unknown): Problem => {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    if (first) return said(first as GraphQLError);
  }
  if (ServerError.is(error)) return saidInBody(error.bodyText) ?? NETWORK;
  return NETWORK;
};
