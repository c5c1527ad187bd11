import { type Ask, face, query, z } from '#lumbung/kernel';

export const WaitFor = query({ position: z.string().regex(/^\d{1,20}$/) });
export const AskProgress = query({});

/** Positions are decimal text; `lag` counts nothing: it says whether anything is behind. */
export type Progress = {
  head: string | null;
  projections: Record<string, { position: string | null; live: boolean }>;
  workflows: Record<string, { position: string | null; live: boolean }>;
  caughtUp: boolean;
};

/** How far reading has come. */
export abstract class ProgressApi {
  static readonly face = face<ProgressApi>('platform.progress', {
    wait: WaitFor,
    progress: AskProgress,
  });

  /**
   * Waits, for two seconds at most, until everything that follows from the log up to `position`
   * can be read: workflows, the commands they sent, and projections. False when it gave up.
   */
  abstract wait(ask: Ask<typeof WaitFor>): Promise<boolean>;
  abstract progress(ask: Ask<typeof AskProgress>): Promise<Progress>;
}
