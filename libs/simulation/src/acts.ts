import type { Anything } from '#lumbung/kernel';
import {
  type CommandData,
  type CommandDeclaration,
  type FaceClass,
  type Intent,
  send,
} from '#lumbung/kernel';

/** A command that somebody gives; `step` names it for good among those of its cooperative. */
export type Act = Intent & { step: string };

export const act = <Api, C extends CommandDeclaration<string, Anything>>(
  step: string,
  api: FaceClass<Api>,
  method: keyof Api & string,
  command: C,
  data: CommandData<C>,
): Act => ({ ...send(api, method, command, data), step });
