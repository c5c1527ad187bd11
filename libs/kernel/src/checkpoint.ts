import { z } from 'zod';
import { event } from './event.js';

/** A part of the state's JSON, in ASCII. A set is complete when it has all `of` parts. */
export const Checkpoint = {
  /** The last revision whose event is in the state. */
  asOf: z.int(),
  /** Which code can read the state. */
  stateVersion: z.int(),
  part: z.int(),
  of: z.int(),
  json: z.string(),
};

/**
 * Declares the event by which a long stream carries its own state: the one exception to "an
 * event is never a snapshot" (docs/adr/0004-streams-and-checkpoints.md).
 */
export const checkpointEvent = <const T extends string>(type: T) => event(type, 1, Checkpoint);
