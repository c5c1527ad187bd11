import { z } from 'zod';
import { personalPart, type SealedData } from './personal.js';
import type { CommandId } from './values/identifier.js';
import type { Instant } from './values/time.js';

/** One of a few words, such as `Choice('KAS', 'BANK')`. */
export const Choice = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words);

export type PersonalFields = { identifies?: string; describes: string[] };

export type CommandDeclaration<T extends string = string, D = unknown> = {
  readonly type: T;
  readonly schema: z.ZodType<D>;
  readonly personal: PersonalFields;
};

export type Command<T extends string = string, D = unknown> = { type: T; data: D };

type DataOf<C> = C extends CommandDeclaration<string, infer D> ? D : never;

/** The command as its decider sees it: personal fields are sealed. */
export type CommandOf<C> =
  C extends CommandDeclaration<infer T, infer D> ? Command<T, SealedData<D>> : never;

/**
 * The command as it is sent: in clear, with the id that makes a retry harmless. `id` and
 * `issuedAt` (UTC) are the sender's.
 */
export type Sent<C> =
  C extends CommandDeclaration<infer T, infer D>
    ? Command<T, D> & { id: CommandId; issuedAt: Instant }
    : never;

export type AnySent = Command & { id: CommandId; issuedAt: Instant };

const personalFields = (shape: z.ZodRawShape): PersonalFields => {
  const fields: PersonalFields = { describes: [] };
  for (const [name, schema] of Object.entries(shape)) {
    const part = personalPart(schema);
    if (part === 'identifies') fields.identifies = name;
    if (part === 'describes') fields.describes.push(name);
  }
  return fields;
};

/** Declares a command: an imperative name and its fields, each a value type. */
export const command = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) => ({
  type,
  schema: z.strictObject(shape),
  personal: personalFields(shape),
});

export type { DataOf as CommandData };
