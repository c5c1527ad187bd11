import type { Expected } from '../../port.js';
import type { Proposed } from './payload.js';
import {
  bigint,
  bytes,
  empty,
  flag,
  given,
  Malformed,
  message,
  nested,
  number,
  repeated,
  text,
  texts,
} from './protobuf.js';

const uuid = nested({
  structured: [1, nested({ most: [1, bigint], least: [2, bigint] })],
  text: [2, text],
});
const stream = nested({ name: [3, text] });
const position = nested({ commit: [1, bigint], prepare: [2, bigint] });
const expression = nested({ regex: [1, text], prefixes: [2, repeated(text)] });

export const readRequest = message({
  options: [
    1,
    nested({
      stream: [
        1,
        nested({ stream: [1, stream], revision: [2, number], start: [3, empty], end: [4, empty] }),
      ],
      all: [2, nested({ position: [1, position], start: [2, empty], end: [3, empty] })],
      backwards: [3, flag],
      count: [5, number],
      subscription: [6, empty],
      filter: [
        7,
        nested({
          stream: [1, expression],
          type: [2, expression],
          window: [3, number],
          checkpointWindows: [5, number],
        }),
      ],
      ids: [9, nested({ structured: [1, empty], text: [2, empty] })],
    }),
  ],
});
export type ReadOptions = NonNullable<ReturnType<typeof readRequest>['options']>;
export type Expression = ReturnType<typeof expression>;

const target = nested({
  stream: [1, stream],
  revision: [2, number],
  none: [3, empty],
  any: [4, empty],
  exists: [5, empty],
});
type Target = ReturnType<typeof target>;

const proposed = nested({
  id: [1, uuid],
  about: [2, texts],
  metadata: [3, bytes],
  data: [4, bytes],
});

export const appendRequest = message({ options: [1, target], proposed: [2, proposed] });
export const batchAppendRequest = message({
  correlation: [1, uuid],
  options: [2, target],
  proposed: [3, repeated(proposed)],
  isFinal: [4, flag],
});
/** Delete and Tombstone. */
export const deleteRequest = message({ options: [1, target] });

const hexadecimal = (value = 0n) => value.toString(16).padStart(16, '0');

/** As text in lower case, however it was sent. */
export const uuidText = (id: ReturnType<typeof uuid> | undefined): string => {
  const { structured, text } = given(id, 'id');
  if (!structured) return given(text, 'id').toLowerCase();
  const { most, least } = structured;
  const digits = hexadecimal(most) + hexadecimal(least);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

export const streamName = (named: ReturnType<typeof stream> | undefined): string =>
  given(named, 'stream').name ?? '';

/** Which stream is written to, and what it must look like. */
export const targetOf = (options: Target | undefined): { stream: string; expected: Expected } => {
  const { stream, revision, none, any, exists } = given(options, 'options');
  const word = none ? 'none' : exists ? 'exists' : any && 'any';
  return { stream: streamName(stream), expected: given(word ?? revision, 'expected revision') };
};

const NOTHING = Buffer.alloc(0);

export const proposedOf = (sent: ReturnType<typeof proposed>): Proposed => {
  const { id, about, data = NOTHING, metadata = NOTHING } = sent;
  const type = about?.get('type');
  if (!type) throw new Malformed('an event has no type');
  const isJson = about?.get('content-type') === 'application/json';
  return { id: uuidText(id), type, isJson, data, metadata };
};
