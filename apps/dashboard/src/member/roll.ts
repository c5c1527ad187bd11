import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { LARGEST_PAGE, readAll } from '../server/pages.js';
import { ListMembers, type Member } from './queries.js';

const readRoll = (client: ApolloClient, code: string, through: string): Promise<Member[]> =>
  readAll(async (after) => {
    const { data } = await client.query({
      query: ListMembers,
      variables: { code, through, first: LARGEST_PAGE, after },
      fetchPolicy: 'network-only',
    });
    return data?.cooperative?.members;
  });

type Roll = { data?: Member[]; error?: unknown; loading: boolean };

/**
 * All members of a cooperative, for forms that find one by name: names are sealed in the store,
 * so only the page can search them. Unpaid months go through the month `through`.
 */
export const useRoll = (code: string, through: string) => {
  const client = useApolloClient();
  const [roll, setRoll] = useState<Roll>({ loading: true });
  const latest = useRef(0);

  const refetch = useCallback(async () => {
    latest.current += 1;
    const reading = latest.current;
    // What was read before stays in sight, so a form does not lose its ticks over a bad network.
    const settle = (next: Roll) => {
      if (latest.current === reading) setRoll((before) => ({ data: before.data, ...next }));
    };
    settle({ loading: true });
    try {
      settle({ data: await readRoll(client, code, through), loading: false });
    } catch (error) {
      settle({ error, loading: false });
    }
  }, [client, code, through]);

  useEffect(() => {
    void refetch();
    return () => {
      latest.current += 1;
    };
  }, [refetch]);

  return { data: roll.data, error: roll.error, loading: roll.loading, refetch };
};
