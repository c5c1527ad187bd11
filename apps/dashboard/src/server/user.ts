import { useSyncExternalStore } from 'react';

export const DEFAULT_USER = 'pengurus';
const KEY = 'lumbung.user';

// Storage throws where the browser forbids it; the choice then lasts as long as the page.
const remembered = () => {
  try {
    return localStorage.getItem(KEY) ?? DEFAULT_USER;
  } catch {
    return DEFAULT_USER;
  }
};

let current = remembered();
const listeners = new Set<() => void>();

/** The account name in which this page reads and writes. */
export const currentUser = (): string => current;

export const chooseUser = (name: string): void => {
  current = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // See above.
  }
  for (const tell of listeners) tell();
};

export const useCurrentUser = (): string =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentUser);
