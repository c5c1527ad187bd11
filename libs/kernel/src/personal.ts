import { z } from 'zod';
import type { PersonId } from './values/identifier.js';

type Marked = z.core.$brand<'Personal'>;

/** Ciphertext of a personal field; only the vault reads it. */
export const Sealed = z.string().brand<'Sealed'>();
export type Sealed = z.infer<typeof Sealed>;

/** How a command's field touches a person: it names him, or it is about him. */
type Part = 'identifies' | 'describes';

const parts = new WeakMap<z.core.$ZodType, Part>();

// `brand` answers the very schema it was asked of, which other fields share; a copy bears the mark.
const mark = <S extends z.ZodType>(schema: S, part: Part) => {
  const marked = schema.clone().brand<'Personal'>();
  parts.set(marked, part);
  return marked;
};

/** A field that the runner seals before a decider sees it, under the key of its person. */
export const personal = <S extends z.ZodType>(schema: S) => mark(schema, 'describes');

/** The personal field by which the vault finds or makes the person (the NIK). */
export const identifying = <S extends z.ZodType>(schema: S) => mark(schema, 'identifies');

/** The part that a schema plays, also behind `.optional()`. */
export const personalPart = (schema: z.core.$ZodType): Part | undefined =>
  parts.get(schema) ?? (schema instanceof z.ZodOptional ? parts.get(schema.unwrap()) : undefined);

type SealedField<T> = T extends Marked ? Sealed : T;

/** A command's data as its decider sees it: personal fields sealed, and `person` in their place. */
export type SealedData<D> = { [K in keyof D]: SealedField<D[K]> } & (Marked extends Extract<
  D[keyof D],
  Marked
>
  ? { person: PersonId }
  : [Extract<D[keyof D], Marked>] extends [never]
    ? unknown
    : { person: PersonId });
