import type { ReactNode } from 'react';
import { problemOf } from './problem.js';
import { ProblemNote } from './problem-note.js';

type Result<Data> = {
  data: Data | undefined;
  loading: boolean;
  error?: unknown;
  refetch: () => PromiseLike<unknown>;
};

type Props<Data> = {
  result: Result<Data>;
  /** What is being read, after "Memuat". */
  what: string;
  children: (data: Data) => ReactNode;
};

/** Shows what a query answered; until then that it is being read, or why it could not be. */
export const Answer = <Data,>({ result, what, children }: Props<Data>) => {
  const { data, loading, error, refetch } = result;
  const retry = () => {
    refetch().then(undefined, () => undefined);
  };
  return (
    <>
      {error !== undefined && !loading && (
        <ProblemNote problem={problemOf(error)} onRetry={retry} />
      )}
      {data === undefined && loading && (
        <p role="status" className="loading">
          Memuat {what}…
        </p>
      )}
      {data !== undefined && children(data)}
    </>
  );
};
