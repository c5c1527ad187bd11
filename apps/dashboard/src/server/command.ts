import type { ApolloClient, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { notePosition } from './position.js';
import { type Problem, problemOf } from './problem.js';

/** Names one act of the user: a retry carries the same, so that it is done once. */
export type Act = { commandId: string; issuedAt: string };

export const newAct = (): Act => ({
  commandId: crypto.randomUUID(),
  issuedAt: new Date().toISOString(),
});

export type CommandDocument<Data, Fields> = TypedDocumentNode<Data, { input: Fields & Act }>;

/** Sends a command once; what later reads will see includes it. Throws what Apollo throws. */
export const execute = async <Data extends object, Fields extends object>(
  client: ApolloClient,
  document: CommandDocument<Data, Fields>,
  act: Act,
  fields: Fields,
): Promise<Data> => {
  const { data } = await client.mutate<Data, { input: Fields & Act }>({
    mutation: document,
    variables: { input: { ...fields, ...act } },
  });
  if (!data) throw new TypeError('the answer is empty');
  notePosition(data);
  return data;
};

/** Asks again whatever the page shows. A query that fails says so where it is shown. */
export const refresh = (client: ApolloClient): void => {
  client.refetchQueries({ include: 'active' }).catch(() => undefined);
};

/**
 * The command of one form. The act is named when the form opens and keeps its name until it has
 * succeeded; while one is under way, another tap does nothing.
 */
export const useCommand = <Data extends object, Fields extends object>(
  document: CommandDocument<Data, Fields>,
) => {
  const client = useApolloClient();
  const [act, setAct] = useState(newAct);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const underWay = useRef(false);

  const send = async (fields: Fields): Promise<Data | undefined> => {
    // State is seen at the next render only; a double tap is faster.
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    try {
      const data = await execute(client, document, act, fields);
      // Not before it is answered: the button would move from under a second tap.
      setProblem(undefined);
      setAct(newAct());
      refresh(client);
      return data;
    } catch (error) {
      const refusal = problemOf(error);
      // Refused for its age only, so nothing stands under this name.
      if (refusal.code === 'COMMAND_EXPIRED') setAct(newAct());
      setProblem(refusal);
    } finally {
      underWay.current = false;
      setSending(false);
    }
  };

  return { send, sending, problem };
};
