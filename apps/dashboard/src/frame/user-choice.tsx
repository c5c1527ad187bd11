import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { refresh } from '../server/command.js';
import { problemOf } from '../server/problem.js';
import { chooseUser, DEFAULT_USER, useCurrentUser } from '../server/user.js';
import { FindUsers } from './queries.js';

/** Until there is a sign-in, whoever sits here says who he is. */
export const UserChoice = () => {
  const client = useApolloClient();
  const user = useCurrentUser();
  const { data, error } = useQuery(FindUsers);

  const choose = (name: string) => {
    chooseUser(name);
    refresh(client);
  };

  // A name remembered from another data folder would be refused everywhere, this list included.
  const unknown = error !== undefined && problemOf(error).code === 'USER_UNKNOWN';
  useEffect(() => {
    if (!unknown || user === DEFAULT_USER) return;
    chooseUser(DEFAULT_USER);
    location.reload();
  }, [unknown, user]);

  const users = data?.users ?? [];
  const listed = users.some(({ name }) => name === user);
  return (
    <label className="user-choice">
      <span>Pengguna</span>
      <select value={user} onChange={(event) => choose(event.target.value)}>
        {!listed && <option value={user}>{user}</option>}
        {users.map(({ name, role }) => (
          <option key={name} value={name}>
            {name === role ? name : `${name} (${role})`}
          </option>
        ))}
      </select>
    </label>
  );
};
