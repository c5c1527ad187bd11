import type { Stored } from '../port.js';
import { given, Malformed } from './wire/protobuf.js';
import type { Expression, ReadOptions } from './wire/requests.js';

// How many events are looked at as one, where the client does not say.
const WINDOW = 32;

export type EventFilter = {
  passes: (event: Stored) => boolean;
  /** After how many events, let through or not, a subscriber is told how far it is. */
  checkpointInterval: number;
};

const expressed = (source: string): RegExp => {
  try {
    return new RegExp(source);
  } catch (cause) {
    throw new Malformed(`not a regular expression: ${source}`, { cause });
  }
};

const judgeOf = ({ regex, prefixes = [] }: Expression): ((name: string) => boolean) => {
  if (!regex) return (name) => prefixes.some((prefix) => name.startsWith(prefix));
  const expression = expressed(regex);
  return (name) => expression.test(name);
};

export const filterOf = ({ filter }: ReadOptions): EventFilter | undefined => {
  if (!filter) return;
  const { stream, type, window = WINDOW, checkpointWindows = 1 } = filter;
  const judge = judgeOf(given(stream ?? type, 'filter'));
  return {
    passes: stream ? (event) => judge(event.stream) : (event) => judge(event.type),
    checkpointInterval: Math.max(1, window * checkpointWindows),
  };
};
