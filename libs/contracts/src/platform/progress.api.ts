import { type Ask, face, type PlainDate, query, z } from '#lumbung/kernel';

export const WaitFor = query({ position: z.string().regex(/^\d{1,20}$/) });
export const AskProgress = query({});

export const AskPlatform = query({});
export const RebuildProjection = query({ projection: z.string().min(1).max(60).optional() });

/** What a process serves. */
export type PlatformInfo = {
  regency: string;
  regencyName: string;
  businessDate: PlainDate;
  zone: string;
  /** A simulated life; every page says so. */
  demo: boolean;
  caughtUp: boolean;
};

/** How far readers have come; positions are decimal text. */
export type Progress = {
  head: string | null;
  projections: Record<string, { position: string | null; live: boolean }>;
  workflows: Record<string, { position: string | null; live: boolean }>;
  /** Projections that are being built beside their serving copy, or for the first time. */
  building: string[];
  caughtUp: boolean;
};

/** How far reading has come. */
export abstract class ProgressApi {
  static readonly face = face<ProgressApi>('platform.progress', {
    wait: WaitFor,
    progress: AskProgress,
    platform: AskPlatform,
    rebuild: RebuildProjection,
  });

  /**
   * Waits, for two seconds at most, until everything that follows from the log up to `position`
   * can be read: workflows, the commands they sent, and projections. False when it gave up.
   */
  abstract wait(ask: Ask<typeof WaitFor>): Promise<boolean>;
  abstract progress(ask: Ask<typeof AskProgress>): Promise<Progress>;
  abstract platform(ask: Ask<typeof AskPlatform>): Promise<PlatformInfo>;
  /** Builds one projection, or all, anew beside the serving copy; answers which. */
  abstract rebuild(ask: Ask<typeof RebuildProjection>): Promise<string[]>;
}
