import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { LARGEST_PAGE, readAll } from '../server/pages.js';
import { ListVillages, type Village } from './queries.js';

/** All villages of a regency; none while they are read, or where they cannot be. */
export const useVillages = (regency: string): readonly Village[] => {
  const client = useApolloClient();
  const [villages, setVillages] = useState<readonly Village[]>([]);
  useEffect(() => {
    let gone = false;
    const reading = readAll(async (after) => {
      const variables = { regency, first: LARGEST_PAGE, after };
      return (await client.query({ query: ListVillages, variables })).data?.cooperatives;
    });
    // Whoever knows the code can type it.
    reading.then(
      (all) => gone || setVillages(all),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [client, regency]);
  return villages;
};
