import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { Anything } from '#lumbung/kernel';

/** Where the guard finds the permission that a handler or resolver names. */
export const PERMISSION = 'lumbung:permission';

/** A place that a call touches: its code, and the member whose own it is. */
export type Place = { scope: string; member?: string | undefined };

/** The place of what concerns a whole deployment, whichever regency it is of. */
export const REGENCY = 'regency';

/**
 * What a call touches, as far as its payload says; `answer`: the handler itself leaves out what
 * the caller may not see; `anywhere`: it is the same for everybody who may ask at all.
 */
export type Touches = ((data: Anything) => readonly Place[]) | 'answer' | 'anywhere';

export type Permitted = { name: string; touches?: Touches | undefined };

/** The cooperative, district or regency that a field names. */
export const at =
  (field: string): Touches =>
  (data: Record<string, string>) => [{ scope: data[field] ?? '' }];

/** Each of the places that a field lists. */
export const atEach =
  (field: string): Touches =>
  (data: Record<string, readonly string[]>) =>
    (data[field] ?? []).map((scope) => ({ scope }));

export const regencyWide: Touches = () => [{ scope: REGENCY }];

/**
 * Names the permission that a caller needs, and what the call touches, which a handler of
 * messages must say. Without a name, nobody may call.
 */
export const Permission = (name: string, touches?: Touches): CustomDecorator =>
  SetMetadata(PERMISSION, { name, touches } satisfies Permitted);
