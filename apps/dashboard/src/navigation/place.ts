import { useSyncExternalStore } from 'react';

/** Where the page is. `state` is kept with the entry of the browser's history. */
export type Place = { path: string; search: URLSearchParams; state: unknown; visits: number };

const here = (visits: number): Place => ({
  path: location.pathname,
  search: new URLSearchParams(location.search),
  state: history.state,
  visits,
});

let current = here(0);
const listeners = new Set<() => void>();

const move = () => {
  current = here(current.visits + 1);
  for (const tell of listeners) tell();
};

window.addEventListener('popstate', move);

/** Goes to a new place, which Back leaves again. */
export const goTo = (address: string, state: unknown = null): void => {
  history.pushState(state, '', address);
  move();
};

/** Changes the address in place: filters and the like. */
export const adjust = (address: string, state: unknown = null): void => {
  history.replaceState(state, '', address);
  move();
};

export const usePlace = (): Place =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => current,
  );
