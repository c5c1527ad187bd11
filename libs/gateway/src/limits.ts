import type { ApolloServerPlugin } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  GraphQLError,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
  type ValidationContext,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { platformRejections } from '#lumbung/contracts';

/** More than any page of ours asks for, and far from what would keep a process busy. */
const MOST = { depth: 10, aliases: 30, directives: 20, tokens: 2_000, cost: 20_000 };

// Most lists without a page are short: books, lines of a journal, districts of a regency.
const LIST_LENGTH = 20;

const isList = (type: GraphQLOutputType): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);

/**
 * What a field costs: itself, and what is below it as often as it may come: `first` times where
 * it is asked for in pages, whose `nodes` count no second time.
 */
const cost: ComplexityEstimator = ({ args, childComplexity, field }) => {
  // What the schema says of itself is at hand, and asked for in development only.
  if (field.name.startsWith('__')) return 0;
  if (typeof args.first === 'number') return 1 + Math.max(args.first, 1) * childComplexity;
  const times = isList(field.type) && field.name !== 'nodes' ? LIST_LENGTH : 1;
  return 1 + times * childComplexity;
};

// Its sender's mistake, and no failure of the server.
const tooCostly = () => {
  const code = 'QUERY_TOO_COSTLY';
  const extensions = { code, http: { status: 400 } };
  return new GraphQLError(platformRejections[code], { extensions });
};

/** What cannot be counted, for its variables are wrong, costs nothing: it will not be run. */
const costOf = (asked: Parameters<typeof getComplexity>[0]): number => {
  try {
    return getComplexity(asked);
  } catch (error) {
    return isUncountable(error) ? Number.POSITIVE_INFINITY : 0;
  }
};

// It has more fields than would be looked at to count them.
const isUncountable = (error: unknown) =>
  error instanceof Error && /maximum .*nodes/i.test(error.message);

/** Refuses QUERY_TOO_COSTLY what would read more than a page of anybody needs. */
export const costLimit = (): ApolloServerPlugin => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, request: { variables, operationName } }) => {
      const estimators = [cost];
      const asked = { schema, query: document, estimators, variables: variables ?? {} };
      const total = costOf({ ...asked, ...(operationName && { operationName }) });
      if (total > MOST.cost) throw tooCostly();
    },
  }),
});

// As an error of the query among others; thrown, it would be one of the server.
const REPORTED = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => context?.reportError(error),
  ],
};

/** Rules of validation, which look at a query before anything of it is asked. */
export const limitingRules = () => [
  maxDepthRule({ n: MOST.depth, flattenFragments: true, ...REPORTED }),
  maxAliasesRule({ n: MOST.aliases, ...REPORTED }),
  maxDirectivesRule({ n: MOST.directives, ...REPORTED }),
];

export const parseOptions = { maxTokens: MOST.tokens };

const EXCEEDED = / limit of \d+ exceeded|Document contains more that \d+ tokens/;

/** Whether a message of GraphQL says that a query is beyond a limit. */
export const isExceeding = (message: string): boolean => EXCEEDED.test(message);
