import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Where the guard finds the permission that a handler or resolver names. */
export const PERMISSION = 'lumbung:permission';

/** Names the permission that a caller needs; without one, nobody may call. */
export const Permission = (name: string): CustomDecorator => SetMetadata(PERMISSION, name);
