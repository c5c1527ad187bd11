import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { refresh } from '../server/command.js';
import { problemOf } from '../server/problem.js';
import { chooseUser, DEFAULT_USER, useCurrentUser } from '../server/user.js';
import { FindUsers } from './queries.js';

const NOBODY = new Set(['USER_UNKNOWN', 'NOT_PERMITTED']);

/** Until there is a sign-in, whoever sits here says who he is. */
export const UserChoice = () => {
  const client = useApolloClient();
  const user = useCurrentUser();
  const { data, error } = useQuery(FindUsers);

  const choose = (name: string) => {
    chooseUser(name);
    refresh(client);
  };

  // A name of another data folder, or without a role any more, would be refused everywhere.
  const unknown = error !== undefined && NOBODY.has(problemOf(error).code);
  useEffect(() => {
    if (!unknown || user === DEFAULT_USER) return;
    chooseUser(DEFAULT_USER);
    location.reload();
  }, [unknown, user]);

  const users = data?.users ?? [];
  // Whoever sees few others goes back to the first.
  const unlisted = [...new Set([user, DEFAULT_USER])].filter(
    (name) => !users.some((one) => one.name === name),
  );
  return (
    <label className="user-choice">
      <span>Pengguna</span>
      <select value={user} onChange={(event) => choose(event.target.value)}>
        {unlisted.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        {users.map(({ name, role }) => (
          <option key={name} value={name}>
            {name === role ? name : `${name} (${role})`}
          </option>
        ))}
      </select>
    </label>
  );
};
